"""The frame of every step of a case: locked, allowed by the table, written, its papers issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from anlan.operations.enforcement.actions.desk import refresh
from anlan.operations.enforcement.actions.papers import issue
from anlan.operations.enforcement.actions.secrets import parted, sealed
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.enforcement.models import Case, CaseStep, DiscretionRow
from anlan.operations.enforcement.queries.state import day_of, facts
from anlan.operations.enforcement.queries.terms import over, until
from anlan.operations.enforcement.queries.typed import kept, typed
from anlan.operations.enforcement.rules.forms import HEARING_PAPER, PAPERS, WAITS
from anlan.operations.enforcement.rules.loop import Person, check
from anlan.operations.enforcement.rules.penalties import Penalty, of_text
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


@dataclass(slots=True)
class Taken:
    """A step under way: the case to change, and what the step was told."""

    case: Case
    person: Person
    day: date
    given: dict[str, Any]
    said: dict[str, Any] = field(default_factory=dict)

    def words(self, key: str) -> str:
        return str(self.given[key])

    def on(self, key: str) -> date:
        """A day that the form asks for."""
        value = self.given[key]
        if not isinstance(value, date):
            raise Refused(N_("Write the day.")).at(key)
        return value

    def money(self, key: str = "amount") -> Decimal:
        """An amount that the form asks for; nothing where none was written."""
        return Decimal(self.given.get(key) or 0)

    @property
    def penalty(self) -> Penalty:
        """The penalty that the form says."""
        return Penalty(fine=self.money(), gains=self.money("gains"),
                       others=of_text(self.words("others")))  # fmt: skip

    @property
    def row(self) -> DiscretionRow:
        """The row of the discretion table, typed now or kept from the investigation."""
        row = self.given.get("row") or self.case.row
        if not isinstance(row, DiscretionRow):
            raise Refused(N_("The investigation names a row of the discretion table first."))
        return row

    def start(self, key: str, term: str = "", since: date | None = None) -> date:
        """Let the term run from `since` (today); its last day."""
        last = until(term or key, since or self.day)
        self.case.dues[key] = last.isoformat()
        return last

    def start_hours(self, key: str) -> None:
        """Let a term in hours run from this moment on."""
        end = over(key, clock.now()).astimezone(clock.CHINA)
        self.case.dues[key] = end.isoformat(timespec="seconds")

    def stop(self, *keys: str) -> None:
        for key in keys:
            self.case.dues.pop(key, None)

    def stop_all(self) -> None:
        """No term runs any more, but that of publishing what was decided beside a penalty."""
        dues = self.case.dues
        self.case.dues = {key: dues[key] for key in dues if key == "publicity_other"}


Effect = Callable[[Taken], None]


def take(
    effects: Mapping[str, Effect], verb: str, doer: tuple[Actor, Person], case_id: int,
    given: Mapping[str, str],
) -> None:  # fmt: skip
    """Take `verb`; raises `Refused`, then nothing is changed."""
    actor, person = doer
    with act(f"enforcement.{verb.replace(' ', '_')}", actor) as this:
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None or verb not in effects:
            raise Refused(N_("There is no such case."))
        today, before = clock.today(), case.state
        step = check(verb, facts(case, today), person, today)
        taken = Taken(case, person, today, typed(verb, given, case))
        effects[verb](taken)
        case.state = step.leads_to(before)
        case.due_on = next_due(case)
        case.save()
        said = kept(taken.given) | taken.said
        write(case, actor, verb, before, said)
        papers = [issue(case, kind, verb, said, actor) for kind in kinds_of(case, verb)]
        refresh(case)
        this.on("case", case.pk, str(case))
        this.detail = {"from": before, "to": case.state,
                       "papers": [one.number for one in papers]}  # fmt: skip
        this.publish(moved(case, verb, before))


def kinds_of(case: Case, verb: str) -> tuple[str, ...]:
    kinds = PAPERS.get(verb, ())
    return (*kinds, HEARING_PAPER) if verb == "notify" and case.hearing_right else kinds


def next_due(case: Case) -> date | None:
    """The nearest deadline that binds the office."""
    return min((day_of(said) for key, said in case.dues.items() if key not in WAITS), default=None)


def write(case: Case, actor: Actor, verb: str, before: str, said: Mapping[str, Any]) -> None:
    plain, secrets = parted(verb, said)
    CaseStep.objects.create(
        case=case, at=clock.now(), by_id=actor.id, by_name=actor.label, verb=verb, before=before,
        after=case.state, said=plain, secret=sorted(secrets), secrets_sealed=sealed(secrets),
    )  # fmt: skip


def moved(case: Case, verb: str, before: str) -> CaseMoved:
    return CaseMoved(
        case_id=case.pk, number=case.number, verb=verb, before=before, after=case.state,
        unit=case.unit, area_code=case.area_code, enterprise_id=case.enterprise_id,
        danger_id=case.danger_id, fine=f"{case.fine}" if case.fine else "",
        gains=f"{case.gains}" if case.gains else "", others=case.others, summary=case.summary,
        source=case.source, source_id=case.source_id,
    )  # fmt: skip
