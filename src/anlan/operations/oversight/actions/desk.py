"""Whose desk a case review waits on: who leads it, its reviewers, the unit that mends."""

from datetime import date, datetime

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.oversight.models import Review, Sampled
from anlan.operations.oversight.rules.states import ANSWER, OPEN, SCORE, State
from anlan.operations.people.queries import staff_by
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

LEADS = (State.DRAWN, State.SCORED, State.ANSWERED)
JUDGED = (State.SCORED, State.ANSWERED)
CHAIN = (OPEN, "safety.supervise")


def refresh(sampled: Sampled) -> None:
    """Put a reviewed case on the desks of whoever is next, and take it off the others."""
    guests = {one.id for one in staff_by(sampled.reviewers)
              if one.organisation_code != sampled.review.unit}  # fmt: skip
    scored = set(sampled.scores.values_list("by", flat=True))
    for account in sampled.reviewers:
        key = _reviewers_key(sampled, account)
        if sampled.state == State.ASSIGNED and account not in scored:
            _open(sampled, key, SCORE, (N_("Review the file of the case %(number)s"),
                                        N_("Score the file")), account)  # fmt: skip
        elif sampled.state in JUDGED and account in guests:
            _open(sampled, key, SCORE, (N_("Judge what was found in the case %(number)s"),
                                        N_("Judge it")), account)  # fmt: skip
        else:
            close_item(key)
    if sampled.state == State.MENDING:
        mend = (N_("Mend the faults of the case %(number)s and answer"), N_("Answer the faults"))
        _open(sampled, f"sampled:{sampled.pk}", ANSWER, mend)
    else:
        close_item(f"sampled:{sampled.pk}")
    refresh_review(sampled.review)


def forget_reviewers(sampled: Sampled) -> None:
    """Take a case off the desks of reviewers who are to be replaced."""
    for account in sampled.reviewers:
        close_item(_reviewers_key(sampled, account))


def refresh_review(review: Review) -> None:
    """One item for whoever leads the review, as long as cases of it wait for them."""
    waiting = review.cases.filter(state__in=LEADS).count()
    if not waiting:
        close_item(f"case_review:{review.pk}")
        return
    open_item(
        NewItem(
            key=f"case_review:{review.pk}", kind="case_review",
            title=N_("Case review %(number)s: %(count)d cases wait for you"),
            action=N_("Lead the review"), link=f"/cases/reviews/{review.pk}", right=OPEN,
            area_code=review.area_code,
            unit=review.unit, parameters={"number": review.number, "count": waiting},
        )
    )  # fmt: skip


def _reviewers_key(sampled: Sampled, account: int) -> str:
    return f"sampled:{sampled.pk}:{account}"


def _open(
    sampled: Sampled, key: str, right: str, words: tuple[str, str], owner: int | None = None
) -> None:
    title, action = words
    open_item(
        NewItem(
            key=key, kind="sampled", title=title, action=action,
            link=f"/cases/sampled/{sampled.pk}", right=right,
            area_code=sampled.review.area_code, unit=sampled.review.unit,
            parameters={"number": sampled.number}, detail=sampled.title,
            due_at=_end(sampled.due_on), owner_id=owner, chain=CHAIN,
        )
    )  # fmt: skip


def _end(day: date | None) -> datetime | None:
    return clock.end_of(day) if day else None
