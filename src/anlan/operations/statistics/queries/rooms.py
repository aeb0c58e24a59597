"""What the other rooms count for a unit or an enterprise: each figure is its list's own count.

A figure is a register's question; it is counted by the register within the reader's sight, so it
cannot differ from the list that its link opens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet, Sum
from django.utils.translation import pgettext

from anlan.operations.accidents.queries.registers import ACCIDENTS
from anlan.operations.accidents.queries.scope import accidents_in
from anlan.operations.checks.queries.registers import RECORDS, TASKS
from anlan.operations.checks.queries.scope import records_in, tasks_in
from anlan.operations.chemicals.queries.illegal import ACTIVITIES, activities_in
from anlan.operations.credit.queries import events_in, listings_in
from anlan.operations.credit.queries.registers import EVENTS, LISTINGS
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.enforcement.queries.scope import cases_in
from anlan.operations.hotline.queries.registers import TIPS
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Register, asked, counts, matching
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.statistics.queries.links import address, check_links, links, span
from anlan.vocabulary.periods import Period
from anlan.vocabulary.words import NP_, Term

Filters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or a sum, and the list of the records that it was made from."""

    key: str
    word: str
    value: int | Decimal
    link: str


@dataclass(frozen=True, slots=True)
class Section:
    """One room's figures."""

    key: str
    word: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure: its word, what it asks of the register in a period; `sums`: a field to add up."""

    key: str
    word: Term
    filters: Callable[[Period, date], Filters]
    sums: str = ""


@dataclass(frozen=True, slots=True)
class _Room:
    """`sector`, `area`: the register's filters for a sector and a place."""

    key: str
    word: Term
    right: str
    register: Register
    rows: Callable[[Scope], QuerySet[Any]]
    address: str
    figures: tuple[_Asked, ...]
    sector: str = "sector"
    area: str = "area_code"


def _in(key: str, **also: str) -> Callable[[Period, date], Filters]:
    return lambda period, _today: span(key, period.first, period.last) | also


def _standing(**also: str) -> Callable[[Period, date], Filters]:
    """Decided in the period, and not revoked since."""
    return _in("decided_on", standing="stands", **also)


def _now(**filters: str) -> Callable[[Period, date], Filters]:
    return lambda _period, _today: filters


def _of_line(name: str, ways: Callable[..., Mapping[str, str]]) -> Callable[..., Filters]:
    """The filters that a line of the board has for the same figure."""
    return lambda period, today: dict(
        parse_qsl(ways(period, today, {})[name].partition("?")[2], keep_blank_values=True)
    )


OTHERS = (
    _Room(
        "cases", NP_("statistics", "Enforcement"), "enforcement.view", CASES,
        lambda who: cases_in(who, who.organisation), "/cases",
        (
            _Asked("opened", NP_("cases", "Opened"), _in("opened_at")),
            _Asked("inspected", NP_("cases", "Inspected"), _in("inspected_on")),
            _Asked("hits", NP_("cases", "Found something"), _in("inspected_on", found="yes")),
            _Asked("filed", NP_("cases", "Filed"), _in("filed_on")),
            _Asked("decided", NP_("cases", "Decided"), _in("decided_on")),
            _Asked("revoked", NP_("cases", "Of these revoked"),
                   _in("decided_on", standing="revoked")),
            _Asked("fine", NP_("cases", "Fines (yuan)"), _standing(), sums="fine"),
            _Asked("gains", NP_("cases", "Confiscated (yuan)"), _standing(others="confiscation"),
                   sums="gains"),
            _Asked("warned", NP_("cases", "Warnings"), _standing(others="warning")),
            _Asked("stopped", NP_("cases", "Ordered to stop"), _standing(others="stop")),
            _Asked("suspended", NP_("cases", "Permits suspended"),
                   _standing(others="suspension")),
            _Asked("archived", NP_("cases", "Archived"), _in("closed_at", state="ARCHIVED")),
            _Asked("late", NP_("cases", "Late now"), _now(view="late")),
        ),
    ),
    _Room(
        "tips", NP_("statistics", "Hotline 12350"), "hotline.view", TIPS,
        lambda who: tips_in(who, who.organisation), "/hotline",
        (
            _Asked("received", NP_("tips", "Received"), _in("received_at")),
            _Asked("true", NP_("tips", "Found true"), _in("received_at", verdict="TRUE")),
            _Asked("closed", NP_("tips", "Closed"), _in("closed_at", view="closed")),
            _Asked("late", NP_("tips", "Late now"), _now(view="late")),
        ),
    ),
    _Room(
        "accidents", NP_("statistics", "Accidents"), "accidents.view", ACCIDENTS,
        accidents_in, "/accidents",
        (
            _Asked("occurred", NP_("accidents", "In production"),
                   _in("occurred_at", counted="yes")),
            _Asked("deaths", NP_("accidents", "Dead"), _in("occurred_at", counted="yes"),
                   sums="deaths"),
            _Asked("grave", NP_("accidents", "Considerable or worse"),
                   _in("occurred_at", counted="yes", grave="yes")),
            _Asked("other", NP_("accidents", "Not in production"),
                   _in("occurred_at", counted="no")),
            _Asked("overdue", NP_("accidents", "Overdue now"), _now(view="overdue")),
        ),
    ),
    _Room(
        "illegal", NP_("statistics", "Illegal activities with chemicals"), "chemicals.illegal",
        ACTIVITIES, activities_in, "/chemicals/illegal",
        (
            _Asked("found", NP_("illegal", "Found"), _in("danger__found_at", view="stands")),
            _Asked("open", NP_("illegal", "Open now"), _now(view="open")),
            _Asked("police", NP_("illegal", "With the police now"), _now(view="police")),
        ),
        sector="danger__sector", area="danger__area_code",
    ),
    _Room(
        "listings", NP_("statistics", "Serious dishonesty"), "credit.view", LISTINGS,
        listings_in, "/credit",
        (
            _Asked("listed", NP_("listings", "Listed now"), _now(view="listed")),
            _Asked("entered", NP_("listings", "Entered"), _in("entered_on")),
        ),
        sector="enterprise__sector", area="enterprise__area_code",
    ),
    _Room(
        "credit", NP_("statistics", "Credit events"), "credit.view", EVENTS,
        events_in, "/credit/events",
        (
            _Asked("penalties", NP_("credit", "Penalties counted"),
                   _in("at", view="counting", source="penalty")),
            _Asked("accidents", NP_("credit", "Accidents counted"),
                   _in("at", view="counting", source="accident")),
            _Asked("points", NP_("credit", "Points"), _in("at", view="counting"), sums="points"),
        ),
        sector="enterprise__sector", area="enterprise__area_code",
    ),
)  # fmt: skip
DAILY = (
    _Room(
        "dangers", NP_("statistics", "Hidden dangers"), "safety.view", DANGERS,
        dangers_in, "/dangers",
        tuple(
            _Asked(key, word, _of_line(key, links)) for key, word in (
                ("found", NP_("dangers", "Found")), ("repeated", NP_("dangers", "Repeats")),
                ("to_close", NP_("dangers", "Due")),
                ("due_closed", NP_("dangers", "Due and closed")),
                ("in_time", NP_("dangers", "Closed in time")),
                ("late", NP_("dangers", "Late now")),
            )
        ),
    ),
    _Room(
        "tasks", NP_("statistics", "Self-checks"), "checks.view", TASKS,
        tasks_in, "/checks/tasks",
        tuple(
            _Asked(key, word, _of_line(key, check_links)) for key, word in (
                ("owed", NP_("self-checks", "Due")), ("done", NP_("self-checks", "Done")),
                ("overdue", NP_("self-checks", "Done late")),
                ("missed", NP_("self-checks", "Missed")),
            )
        ),
    ),
    _Room(
        "inspections", NP_("statistics", "Inspections"), "checks.view", RECORDS,
        lambda who: records_in(who).filter(current=True), "/checks",
        tuple(
            _Asked(key, word, _of_line(key, check_links)) for key, word in (
                ("inspected", NP_("inspections", "Made")),
                ("hits", NP_("inspections", "Found something")),
            )
        ),
    ),
)  # fmt: skip


def other_rooms(who: Scope, kind: Filters, period: Period, today: date) -> list[Section]:
    """Enforcement, hotline, accidents, credit within one's sight; `kind`: area_code, sector."""
    return [one for room in OTHERS if (one := _section(room, who, kind, (period, today)))]


def of_enterprise(
    who: Scope, enterprise_id: int, period: Period, today: date
) -> list[Section]:  # fmt: skip
    """All rooms' figures of an enterprise. Whoever calls has found it within the reader's sight."""
    kind = {"enterprise": str(enterprise_id)}
    return [
        one for room in (*DAILY, *OTHERS) if (one := _section(room, who, kind, (period, today)))
    ]


def _section(
    room: _Room, who: Scope, kind: Filters, when: tuple[Period, date]
) -> Section | None:  # fmt: skip
    """None where the reader has no access to the room. One query, and one more for each sum."""
    if not who.may(room.right):
        return None
    own = {"sector": room.sector, "area_code": room.area}
    narrowed = {own.get(key, key): value for key, value in kind.items()}
    given = [dict(one.filters(*when)) | narrowed for one in room.figures]
    questions = [asked(room.register, one) for one in given]
    rows = room.rows(who)
    numbers: list[int | Decimal] = list(counts(room.register, rows, questions, who))
    for n, one in enumerate(room.figures):
        if one.sums:
            found = matching(room.register, rows, questions[n], who).order_by()
            numbers[n] = found.aggregate(sum=Sum(one.sums))["sum"] or 0
    return Section(room.key, pgettext(*room.word), [
        Figure(one.key, pgettext(*one.word), number, address(room.address, filters))
        for one, number, filters in zip(room.figures, numbers, given, strict=True)
    ])  # fmt: skip
