"""A case's file: what it is, how it came so, its papers, its deadlines, what may be done now."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from anlan.operations.checks.queries.visits import Visit, visit
from anlan.operations.enforcement.models import (
    Appeal,
    Case,
    CaseDanger,
    CaseOfficer,
    CaseStep,
    Certificate,
    DiscretionRow,
    Exhibit,
    Paper,
    Payment,
    Publication,
)
from anlan.operations.enforcement.queries.officers import certificates_on
from anlan.operations.enforcement.queries.scope import cases_in, readable_in
from anlan.operations.enforcement.queries.state import (
    day_of,
    facts,
    moment_of,
    owed,
    schedule,
    still_open,
)
from anlan.operations.enforcement.queries.terms import working_days_to
from anlan.operations.enforcement.queries.visits import site_of
from anlan.operations.enforcement.rules.forms import TERM_WORDS, WAITS
from anlan.operations.enforcement.rules.loop import Person, may_file, verbs
from anlan.operations.people.queries import Scope
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term

# Steps that lead a case on, in the order in which a page offers them first.
ONWARD = (
    "inspect", "order", "propose filing", "file", "investigate", "notify", "serve the notice",
    "call the hearing", "hold the hearing", "review", "decide", "serve",
    "record a payment", "serve the reminder", "remind", "apply to the court",
    "execute", "recheck", "publish the measures", "archive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Running:
    """A running term: its name, last day, working days left; `wait` binds the party, not us.

    `at`: the moment in China, where the law counts hours; `over`: it has passed.
    """

    key: str
    word: Term
    on: date
    left: int
    wait: bool
    at: datetime | None
    over: bool


@dataclass(frozen=True, slots=True)
class File:
    """A case with its history (newest first), papers, officers, payments and the steps open.

    `visit`: the check that it was opened from, within sight; `taken_up`: its dangers handed to it.
    """

    case: Case
    steps: list[CaseStep]
    papers: list[Paper]
    officers: list[CaseOfficer]
    payments: list[Payment]
    publication: Publication | None
    verbs: tuple[str, ...]
    running: list[Running]
    owed: Decimal
    open: Decimal
    appeals: list[Appeal]
    schedule: list[tuple[date, Decimal]]
    exhibits: list[Exhibit]
    may_file: bool
    visit: Visit | None
    taken_up: list[CaseDanger]

    @property
    def site(self) -> dict[str, str]:
        """What the check says for the record of the inspection, while that is to be made."""
        return site_of(self.case, self.visit) if self.visit and "inspect" in self.verbs else {}

    @property
    def refund(self) -> Decimal:
        """What was paid for nothing: more than is owed after a change or a revocation."""
        zero = Decimal(0)
        gains = zero if self.case.revoked_on else self.case.gains
        return max(zero, self.case.paid - self.owed) + max(zero, self.case.gains_paid - gains)

    @property
    def next_step(self) -> str:
        """The step that leads the case on; empty when it is somebody else's turn."""
        settled = {"execute"} if self.open else {"record a payment"}
        if self.case.state == "INVESTIGATED" and self.case.row_id is not None:
            settled |= {"investigate"}
        return next((v for v in ONWARD if v in self.verbs and v not in settled), "")


def case_file(
    case_id: int, scope: Scope, organisation: str, person: Person, *, reading: bool = False
) -> File | None:
    """The file within one's sight, else None; to be read alone, that of another unit too, where
    one was given it. Twelve queries, of a case of a check eighteen."""
    rows = readable_in(scope, organisation) if reading else cases_in(scope, organisation)
    seen = rows.select_related("row")
    case = seen.filter(pk=case_id).first()
    if case is None:
        return None
    today = clock.today()
    state = facts(case, today)
    return File(
        case, list(case.steps.order_by("-id")),
        list(case.papers.defer("words_sealed").order_by("-id").prefetch_related("replaced_by")),
        list(case.officers.select_related("certificate").order_by("id")),
        list(case.payments.order_by("paid_on", "id")),
        case.publications.filter(ended_on=None, kind="penalty").first(),
        verbs(state, person, today), _running(case, today), owed(case, today),
        still_open(case, today), list(case.appeals.order_by("id")),
        schedule(case) if case.instalments else [],
        list(case.exhibits.order_by("id")), may_file(state, person),
        visit(case.check_record_id, scope) if case.check_record_id else None,
        list(case.taken_up.select_related("danger")) if case.check_record_id else [],
    )  # fmt: skip


def _running(case: Case, today: date) -> list[Running]:
    found = []
    for key, said in case.dues.items():
        day, end = day_of(said), moment_of(said)
        found.append(Running(
            key, TERM_WORDS[key], day, working_days_to(day, today), key in WAITS,
            end if "T" in said else None, end < clock.now(),
        ))  # fmt: skip
    return sorted(found, key=lambda one: one.on)


def paper_in(
    paper_id: int, scope: Scope, organisation: str, *, reading: bool = False
) -> Paper | None:
    """A paper of a case within one's sight; `reading`: also of one that was given to read."""
    rows = readable_in(scope, organisation) if reading else cases_in(scope, organisation)
    seen = Paper.objects.select_related("case").filter(case__in=rows.values("pk"))
    return seen.filter(pk=paper_id).first()


def exhibit_in(exhibit_id: int, scope: Scope, organisation: str) -> Exhibit | None:
    """A file of a case within one's sight, also of one that was given to read."""
    rows = readable_in(scope, organisation)
    seen = Exhibit.objects.select_related("case").filter(case__in=rows.values("pk"))
    return seen.filter(pk=exhibit_id).first()


def certificates_of(unit: str, today: date) -> list[Certificate]:
    """The certificates of the unit's officers of today, by holder."""
    return list(certificates_on(today).filter(unit=unit).order_by("holder"))


def rows_for(party_kind: str, today: date) -> list[DiscretionRow]:
    """The rows of the discretion table in force for a kind of party."""
    rows = DiscretionRow.objects.filter(valid_from__lte=today).exclude(valid_to__lt=today)
    return list(rows.filter(party__in=("", party_kind)).order_by("code"))
