"""A danger as the rules of its loop see it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from anlan.operations.people.queries import roles_with
from anlan.operations.safety.models import Danger, DangerPhoto, DangerStep, Membership
from anlan.operations.safety.rules.loop import LOOK_AGAIN
from anlan.operations.safety.rules.loop import Danger as Facts
from anlan.operations.safety.rules.states import RECTIFY
from anlan.vocabulary.areas import STREET_DIGITS

DRAW = "draw"
_WORK = ("begin", "submit", "ask to resume")


def facts(danger: Danger) -> Facts:
    """What the rules ask of the record. Three queries: its photos, its people, who worked."""
    return facts_of([danger])[danger.pk]


def facts_of(dangers: Sequence[Danger]) -> dict[int, Facts]:
    """The same of many records, by id, still in three queries."""
    keys = [one.pk for one in dangers]
    firms = {one.enterprise_id for one in dangers}
    members = Membership.objects.filter(enterprise__in=firms, until=None)
    able, closers = roles_with(RECTIFY), dict.fromkeys(firms, 0)
    claimed = set()
    for firm, role, active in members.values_list(
        "enterprise_id", "account__role", "account__is_active"
    ):
        claimed.add(firm)
        closers[firm] += active and role in able
    steps: dict[int, _Steps] = defaultdict(_Steps)
    asked = (*_WORK, "return", "ask for more time", DRAW, LOOK_AGAIN)
    rows = DangerStep.objects.filter(danger__in=keys, verb__in=asked)
    for key, verb, by, at, said in rows.order_by("id").values_list(
        "danger", "verb", "by", "at", "said"
    ):
        steps[key].take(verb, by, at, said)
    moments: dict[int, Counter[str]] = defaultdict(Counter)
    shots = DangerPhoto.objects.filter(danger__in=keys)
    for key, moment, *taken in shots.values_list("danger", "moment", "kept_at", "taken_at"):
        moments[key][moment] += moment != "after" or steps[key].since_returned(taken)
    return {
        one.pk: _facts(
            one, one.enterprise_id in claimed, closers.get(one.enterprise_id) == 1,
            moments[one.pk], steps[one.pk],
        )
        for one in dangers
    }  # fmt: skip


@dataclass(slots=True)
class _Steps:
    """What its steps tell of a danger: who worked on it, when it was returned last, until when more
    time was asked for, whether it was drawn for a second look that nobody has taken yet."""

    worked: set[int] = field(default_factory=set)
    returned: datetime | None = None
    asked_until: date | None = None
    drawn: bool = False

    def since_returned(self, moments: Sequence[datetime | None]) -> bool:
        """Whether none of these moments that are known is before it was returned last."""
        back = self.returned
        return back is None or all(at > back for at in moments if at is not None)

    def take(self, verb: str, by: int | None, at: datetime, said: Mapping[str, Any]) -> None:
        """The next step, in their order."""
        if verb in _WORK:
            self.worked |= set() if by is None else {by}
        elif verb == "return":
            self.returned = at
        elif verb == "ask for more time":
            self.asked_until = date.fromisoformat(said["until"])
        else:
            self.drawn = verb == DRAW and bool(said.get("drawn"))


def _facts(
    danger: Danger, claimed: bool, alone: bool, moments: Mapping[str, int], steps: _Steps
) -> Facts:
    reported = danger.reported_on is not None and danger.congress_on is not None
    return Facts(
        alone=alone, drawn=steps.drawn, kept_again=danger.kept_again_on is not None,
        street=danger.area_code[:STREET_DIGITS],
        state=danger.state, grade=danger.grade, source=danger.source,
        enterprise_id=danger.enterprise_id,
        rectifier=danger.rectifier_id,
        both_named=bool(danger.rectifier_name and danger.supervisor_name), claimed=claimed,
        worked=frozenset(steps.worked), accepted_by=danger.accepted_by_id,
        countersigned=danger.countersigned_by_id is not None,
        five=frozenset(key for key, text in danger.five.items() if text),
        before_photos=moments["before"], after_photos=moments["after"],
        report_photos=moments["report"], reported=reported,
        extended=danger.extended_to is not None, asked_until=steps.asked_until,
        due_on=danger.due_on,
        resume_asked=danger.resume_asked_at is not None,
        listed=danger.listed, regulator=danger.regulator,
    )  # fmt: skip
