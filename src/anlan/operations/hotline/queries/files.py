"""A report's file within one's sight, and what the public may know of one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from anlan.operations.hotline.models import IdentityView, Payment, Reward, Tip, TipStep
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.hotline.queries.state import facts, hazard_terms
from anlan.operations.hotline.rules.hazards import HAZARD_OF, Sign
from anlan.operations.hotline.rules.loop import REWARDED, Person, corrected_by, handler, verbs
from anlan.operations.hotline.rules.loop import Tip as Facts
from anlan.operations.people.queries import Scope, names_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

ONWARD = (
    "accept", "begin", "verify", "handle", "reply", "approve reward", "notify", "pay", "close",
)  # fmt: skip
SIMILAR = 10
ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class File:
    """A report with its history (newest first), reward, and the steps open to me.

    `views`: when a handler saw the informant, and what for; `may_see`: whether I am one of the two,
    `may_correct`: who may correct it now; `unfounded`: the decision behind the reward was revoked
    or changed.
    """

    tip: Tip
    steps: list[TipStep]
    reward: Reward | None
    payment: Payment | None
    views: list[IdentityView]
    handlers: dict[int, str]
    verbs: tuple[str, ...]
    may_see: bool
    may_correct: bool
    days_left: int | None
    unfounded: bool

    @property
    def next_step(self) -> str:
        return next((verb for verb in ONWARD if verb in self.verbs), "")


@dataclass(frozen=True, slots=True)
class Followed:
    """What the public is told of a report: its number, its state, since when; `until`: it was given
    more time to be finished; `named`: a name is kept with it."""

    number: str
    state: str
    since: datetime
    until: date | None
    named: bool


def tip_file(tip_id: int, scope: Scope, person: Person) -> File | None:
    """The file within one's sight, else None. Nine queries."""
    tip = tips_in(scope, person.organisation).filter(pk=tip_id).first()
    if tip is None:
        return None
    reward = Reward.objects.filter(tip=tip).first()
    known = facts(tip)
    ended = tip.replied_at or tip.closed_at
    left = (tip.due_on - clock.today()).days if tip.due_on and not ended else None
    return File(
        tip, list(tip.steps.order_by("-id")), reward,
        Payment.objects.filter(reward=reward).first() if reward else None,
        list(tip.views.order_by("-id")), names_of(known.handlers),
        verbs(known, person, clock.today()), _passes(handler, known, person),
        _passes(corrected_by, known, person), left, known.unfounded,
    )  # fmt: skip


def _passes(rule: Callable[[Facts, Person], object], tip: Facts, person: Person) -> bool:
    try:
        rule(tip, person)
    except Refused:
        return False
    return True


def earlier(tip: Tip) -> list[Tip]:
    """Earlier reports of the same street that this one may be a duplicate of."""
    rows = Tip.objects.filter(
        area_code__startswith=tip.area_code[:9], received_at__lte=tip.received_at, merged_into=None
    )
    return list(rows.exclude(pk=tip.pk).order_by("-received_at")[:SIMILAR])


def same_hazard(tip: Tip) -> list[Tip]:
    """Earlier reports of the same hazard in the street, verified or still to be, oldest first."""
    signs = [sign for sign, hazard in HAZARD_OF.items() if hazard == HAZARD_OF[Sign(tip.sign)]]
    since = tip.received_at - timedelta(hours=hazard_terms(clock.today()).window_hours)
    rows = Tip.objects.filter(
        sign__in=signs, area_code__startswith=tip.area_code[:9], merged_into=None, same_as=None,
        verdict__in=("", *REWARDED), received_at__gte=since, received_at__lte=tip.received_at,
    ).exclude(decided_at__isnull=False, due_on=None)  # fmt: skip
    return list(rows.filter(pk__lt=tip.pk).order_by("received_at", "pk"))


def followed(code: str) -> Followed | None:
    """What the code of a report says to who holds it; None for a code that is none."""
    digest = digest_of(code)
    tip = Tip.objects.filter(query_digest=digest).first()
    if tip is None:
        return None
    since = tip.steps.order_by("-id").values_list("at", flat=True).first()
    until = tip.extended_to if tip.replied_at is None and tip.closed_at is None else None
    return Followed(tip.number, tip.state, since or tip.received_at, until, tip.named)


def digest_of(code: str) -> str:
    """The SHA-256 of a query code, whatever its case, blanks and hyphens."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
