"""A danger's file: what it is, how it came so, what may be done now."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from django.db.models import F, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.safety.models import Danger, DangerPhoto, DangerStep, Supervision
from anlan.operations.safety.queries.scope import dangers_in, enterprises_in
from anlan.operations.safety.queries.state import facts
from anlan.operations.safety.rules.loop import FIVE, Person, lacking, verbs
from anlan.operations.safety.rules.states import Source, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

ONWARD = (
    "grade", "grade own find", "assign", "assign own find", "begin", "report to regulator",
    "report to congress", "submit", "countersign",
    "close own find", "accept", "close", "give more time", "take over", "resume production",
    "ask to resume", "look again",
)  # fmt: skip

GIVEN = (State.ASSIGNED, State.RECTIFYING, State.RETURNED)  # somebody has it


@dataclass(frozen=True, slots=True)
class File:
    """A danger with its history (newest first), photos, the supervision that runs or ran last, and
    the steps open to me."""

    danger: Danger
    steps: list[DangerStep]
    photos: list[DangerPhoto]
    supervision: Supervision | None
    verbs: tuple[str, ...]
    lacking: tuple[str, ...]  # what keeps the step that leads on from me, in English sentences
    days_left: int | None
    firm_seen: bool  # the enterprise's own file is within sight too

    @property
    def next_step(self) -> str:
        """The step that leads the danger on; empty when it is somebody else's turn."""
        planned = self.danger.grade != "MAJOR" or all(self.danger.five.get(k) for k in FIVE)
        onward = ONWARD if planned else ("plan", *ONWARD)
        stopped = self.danger.state == State.SUSPENDED_PRODUCTION
        assigned = self.danger.state in GIVEN or (stopped and self.danger.due_on)
        done = {"assign", "assign own find"} if assigned else set()
        done |= {verb for verb, day in self.reports if day is not None}
        done |= {"countersign"} if self.danger.countersigned_by_id is not None else set()
        return next((verb for verb in onward if verb in self.verbs and verb not in done), "")

    @property
    def reports(self) -> tuple[tuple[str, date | None], ...]:
        """The two reports of a major danger: by verb, the day or None as long as it is lacking."""
        return (
            ("report to regulator", self.danger.reported_on),
            ("report to congress", self.danger.congress_on),
        )

    @property
    def late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


def danger_file(danger_id: int, scope: Scope, person: Person) -> File | None:
    """The file within one's sight, else None. Seven queries."""
    danger = dangers_in(scope).filter(pk=danger_id).first()
    if danger is None:
        return None
    left = (danger.due_on - clock.today()).days if danger.due_on and not danger.closed_at else None
    known, today = facts(danger), clock.today()
    return File(
        danger, list(danger.steps.order_by("-id")), list(danger.photos.order_by("id")),
        danger.supervisions.order_by(F("ended_at").desc(nulls_first=True)).first(),
        verbs(known, person, today), lacking(known, person, today), left,
        enterprises_in(scope).filter(dangers=danger).exists(),
    )  # fmt: skip


def cases_of(steps: list[DangerStep]) -> list[tuple[int, str, str]]:
    """The enforcement cases that told of themselves: id, number and last state in words."""
    found: dict[int, tuple[int, str, str]] = {}
    for one in steps:
        case = one.said.get("case")
        if case is not None and case not in found:
            word = pgettext(*Term("case state", one.said["case_state"]))
            found[case] = (case, one.said["case_number"], word)
    return list(found.values())


def photo(photo_id: int, scope: Scope) -> DangerPhoto | None:
    """A photo of a danger within one's sight."""
    mine = dangers_in(scope).values("pk")
    return DangerPhoto.objects.filter(pk=photo_id, danger__in=mine).first()


def sent_key(source: str, source_id: str) -> str:
    """The key of a danger by its id in another system: one for each pair, however long both are."""
    return sha256(f"{len(source)}:{source}:{source_id}".encode()).hexdigest()


def told_of_case(part: str, of: str) -> Subquery:
    """What a danger heard last of its enforcement cases, null where of none; `part`: case_number or
    case_state (an English word of the context ``case state``), `of`: the asking query's path to the
    danger."""
    heard = DangerStep.objects.filter(danger=OuterRef(of), said__has_key=part).order_by("-id")
    return Subquery(heard.annotate(heard=KeyTextTransform(part, "said")).values("heard")[:1])


def missed_since(day: date) -> dict[str, date | None]:
    """The keys of the findings of missed cycles that were opened from a day on, each with the day
    on which its cycle was kept again, None as long as it was not, or where it is closed."""
    begin = datetime.combine(day, time(), clock.CHINA)
    rows = Danger.objects.filter(source=Source.CYCLE, found_at__gte=begin)
    return {
        key: None if state == State.CLOSED else kept
        for key, kept, state in rows.values_list("key", "kept_again_on", "state")
    }


def danger_of(key: str) -> int | None:
    """The danger that its sender named so; None where there is none."""
    return Danger.objects.filter(key=key).values_list("pk", flat=True).first()
