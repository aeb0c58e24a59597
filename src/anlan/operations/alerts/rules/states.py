"""The state machine of an alert (`domain.md` 3.5): what may follow what, and by whom.

DRAFT → REVIEWED → SIGNED → PUBLISHED → UPDATED | LIFTED | EXPIRED; REJECTED from any draft. Levels
I and II stay SIGNED until the municipality has answered. Drafter, reviewer and signer are three
people; the emergency path merges their steps and leaves papers to file.
"""

from enum import StrEnum

from anlan.vocabulary.transitions import Step, Table


class AlertState(StrEnum):
    DRAFT = "DRAFT"
    REVIEWED = "REVIEWED"
    SIGNED = "SIGNED"
    PUBLISHED = "PUBLISHED"
    UPDATED = "UPDATED"
    LIFTED = "LIFTED"
    EXPIRED = "EXPIRED"
    REJECTED = "REJECTED"


_S = AlertState
OPEN = (_S.DRAFT, _S.REVIEWED)
WAITING = (_S.DRAFT, _S.REVIEWED, _S.SIGNED)
ENDED = (_S.UPDATED, _S.LIFTED, _S.EXPIRED, _S.REJECTED)

MAJOR = (1, 2)  # the municipality's levels
OWN = (3, 4)  # the district's own

DRAFTING, REVIEWING, SIGNING = "alerts.draft", "alerts.review", "alerts.sign"
SIGNING_MAJOR = "alerts.sign_major"

ALERT = Table(
    (
        Step("draft", (_S.DRAFT,), _S.DRAFT, DRAFTING),
        Step("edit", (_S.DRAFT,), _S.DRAFT, DRAFTING),
        Step("review", (_S.DRAFT,), _S.REVIEWED, REVIEWING),
        Step("send_back", (_S.DRAFT, _S.REVIEWED), _S.DRAFT, REVIEWING),
        Step("reject", OPEN, _S.REJECTED, REVIEWING),
        Step("sign", (_S.REVIEWED,), _S.SIGNED, SIGNING),
        Step("sign_urgent", OPEN, _S.SIGNED, SIGNING),
        Step(
            "file_papers",
            (_S.SIGNED, _S.PUBLISHED, _S.UPDATED, _S.LIFTED, _S.EXPIRED),
            "",
            REVIEWING,
        ),
        Step("answer", (_S.SIGNED, _S.UPDATED, _S.REJECTED), "", REVIEWING),
        # The platform's own steps: no right lets a person do them directly.
        Step("publish", (_S.SIGNED,), _S.PUBLISHED),
        Step("refuse", (_S.SIGNED,), _S.REJECTED),
        Step("overtake", (_S.SIGNED, _S.PUBLISHED), _S.UPDATED),
        Step("withdraw", WAITING, _S.REJECTED),
        Step("propose_lift", (_S.PUBLISHED,), _S.PUBLISHED, DRAFTING),
        Step("lift", (_S.PUBLISHED,), _S.LIFTED, SIGNING),
        Step("expire", (_S.PUBLISHED,), _S.EXPIRED),
    )
)
SIGNED_BY_LEVEL = frozenset({"sign", "sign_urgent", "lift"})


def right_for(verb: str, state: str, level: int) -> str:
    """The right a person needs for `verb`; signing at I and II takes the district's leader."""
    right = ALERT.step(verb, state).right
    return SIGNING_MAJOR if verb in SIGNED_BY_LEVEL and level in MAJOR else right


def rights_for(verb: str, state: str, level: int) -> tuple[str, ...]:
    """All rights that let a person do `verb`: who signs may also send back and reject."""
    right = right_for(verb, state, level)
    return (right, SIGNING) if verb in ("send_back", "reject") else (right,)


def own_work(verb: str, actor_id: int | None, made_by: dict[str, int | None]) -> str:
    """The step the actor already did and so may not check (maker ≠ checker); "" when none.

    `made_by`: account id by step (draft, review, propose_lift). The platform (None) is nobody.
    """
    before = {"review": ("draft",), "sign": ("draft", "review"), "sign_urgent": ("draft", "review"),
              "lift": ("propose_lift",), "file_papers": ("sign",)}.get(verb, ())  # fmt: skip
    if actor_id is None:
        return ""
    return next((step for step in before if made_by.get(step) == actor_id), "")
