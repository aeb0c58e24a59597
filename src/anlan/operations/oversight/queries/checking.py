"""What the machine reads from a case's own records: whether it was handled in order, by what.

Each check says yes, no, or that it does not apply, and what it rests on. CFF = 行政处罚法.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from anlan.operations.enforcement.queries.record import Record
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

LEAST_OFFICERS = 2
# Taken by the platform or about the officers themselves; a summary decision needs no review.
NO_OFFICERS = ("danger", "replace an officer", "withdraw")
HEARING_NOTICE = "hearing_notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """`passed` None: it does not apply. `said` is an English message id, `facts` its parameters."""

    passed: bool | None
    said: str
    facts: Mapping[str, object] = field(default_factory=dict)


def findings(record: Record) -> dict[str, Finding]:
    """Every check by its key."""
    return {key: check(record) for key, check in CHECKS.items()}


def _within(day: date | None, last: date | None, words: tuple[str, str]) -> Finding:
    """Whether something was done by its last day; `words`: said when it was done, and when not."""
    if last is None:
        return Finding(None, N_("Nothing was decided."))
    if day is None:
        return Finding(False, words[1], {"last": last.isoformat()})
    return Finding(day <= last, words[0], {"day": day.isoformat(), "last": last.isoformat()})


def decided_in_time(record: Record) -> Finding:
    """CFF 60."""
    if record.filed_on is None or record.decided_on is None or record.decide_by is None:
        return Finding(None, N_("Nothing was decided in the ordinary procedure."))
    return Finding(
        record.late_days == 0, N_("Filed %(filed)s, decided %(day)s, to be decided by %(last)s."),
        {"filed": record.filed_on.isoformat(), "day": record.decided_on.isoformat(),
         "last": record.decide_by.isoformat()},
    )  # fmt: skip


def two_officers(record: Record) -> Finding:
    """CFF 42: two with valid certificates on the case at every step."""
    steps = [one for one in record.steps if one.verb not in NO_OFFICERS]
    for step in steps:
        there = {one.account_id for one in record.officers if one.on(step.at)}
        if len(there) < LEAST_OFFICERS:
            return Finding(
                False, N_("On %(day)s, at “%(step)s”, only %(count)d with a valid certificate."),
                {"day": step.at.astimezone(clock.CHINA).date().isoformat(), "step": list(step.word),
                 "count": len(there)},
            )  # fmt: skip
    return Finding(True, N_("Two or more with valid certificates at each of %(count)d steps."),
                   {"count": len(steps)})  # fmt: skip


def reviewed_before_decision(record: Record) -> Finding:
    """CFF 58: the last legal review stands before the decision, after the last investigation."""
    verbs = [one.verb for one in record.steps]
    if "decide" not in verbs:
        return Finding(None, N_("Nothing was decided in the ordinary procedure."))
    before = record.steps[: verbs.index("decide")]
    review = next((one for one in reversed(before) if one.verb == "review"), None)
    if review is None:
        return Finding(False, N_("No legal review stands before the decision."))
    stale = [one for one in before if one.verb == "investigate" and one.at > review.at]
    hands = {one.account_id for one in record.officers}
    return Finding(
        not stale and review.by_id not in hands,
        N_("Legally reviewed %(day)s, decided %(decided)s."),
        {"day": review.at.astimezone(clock.CHINA).date().isoformat(),
         "decided": record.decided_on.isoformat() if record.decided_on else "—"},
    )  # fmt: skip


def hearing_offered(record: Record) -> Finding:
    """CFF 63: where the penalty gives a right to a hearing, the party was told of it before."""
    if not record.hearing_right:
        return Finding(None, N_("The penalty gives no right to a hearing."))
    told = [day for kind, day in record.papers if kind == HEARING_NOTICE]
    if not told:
        return Finding(False, N_("No notice of the right to a hearing was issued."))
    decided = record.decided_on
    return Finding(decided is None or told[0] <= decided,
                   N_("The right to a hearing was notified %(day)s."),
                   {"day": told[0].isoformat()})  # fmt: skip


def served_in_time(record: Record) -> Finding:
    """CFF 61."""
    return _within(record.served_on, record.serve_by, (
        N_("Served %(day)s, to be served by %(last)s."),
        N_("Not served; it was to be served by %(last)s."),
    ))  # fmt: skip


def published_in_time(record: Record) -> Finding:
    """国办发〔2018〕118号: within seven working days."""
    return _within(record.published_on, record.publish_by, (
        N_("Published %(day)s, to be published by %(last)s."),
        N_("Not published; it was to be published by %(last)s."),
    ))  # fmt: skip


def within_discretion(record: Record) -> Finding:
    """The fine lies in its row of the discretion table, or the leaders discussed it (CFF 57)."""
    if record.in_range is None:
        return Finding(None, N_("Nothing was decided."))
    if record.in_range:
        return Finding(True, N_("The fine lies within its row of the discretion table."))
    if record.discussed:
        return Finding(True, N_("The fine lies outside its row; the leaders discussed it."))
    return Finding(False, N_("The fine lies outside its row, and nobody discussed it."))


CHECKS: Mapping[str, Callable[[Record], Finding]] = {
    "decided_in_time": decided_in_time,
    "two_officers": two_officers,
    "reviewed_before_decision": reviewed_before_decision,
    "hearing_offered": hearing_offered,
    "served_in_time": served_in_time,
    "published_in_time": published_in_time,
    "within_discretion": within_discretion,
}
