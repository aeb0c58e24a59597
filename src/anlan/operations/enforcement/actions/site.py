"""On site and up to the filing: what each step sets."""

from collections.abc import Mapping

from anlan.operations.checks.queries.visits import checked_by
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.queries.state import limits
from anlan.operations.enforcement.queries.terms import until
from anlan.operations.enforcement.rules.money import Range
from anlan.operations.enforcement.rules.penalties import given_by_row
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def inspect(taken: Taken) -> None:
    if taken.given["ended"] < taken.given["began"]:
        raise Refused(N_("The inspection ends after it began.")).at("ended")
    if taken.given["ended"] > clock.now():
        raise Refused(N_("An inspection is recorded when it is over."))
    day = taken.given["began"].astimezone(clock.CHINA).date()
    taken.case.inspected_on = day
    if taken.case.check_record_id is not None:
        # The unit's own people there on that day: one visit, with two records of it.
        taken.case.counted_as_check = checked_by(taken.case.check_record_id) == (
            taken.case.unit, day,
        )  # fmt: skip


def nothing(_taken: Taken) -> None:
    """A step that is its own record."""


def order(taken: Taken) -> None:
    last = taken.on("until")
    if last < taken.day:
        raise Refused(N_("The deadline has passed already."))
    taken.case.ordered = True
    taken.case.dues["order"] = last.isoformat()
    taken.start("recheck", since=last)
    to_publish(taken)


def stop_on_the_spot(taken: Taken) -> None:
    taken.case.ordered = True
    taken.start("filing_urgent")
    to_publish(taken)


def to_publish(taken: Taken) -> None:
    """A decision that is no penalty is published too; the first that waits sets the term."""
    if "publicity_other" not in taken.case.dues:
        taken.start("publicity_other")


def fine_on_the_spot(taken: Taken) -> None:
    """The summary procedure, CFF 51: a fine up to its limit or a warning, by the two officers."""
    case, penalty, row = taken.case, taken.penalty, taken.row
    _hearing, most = limits(case)
    if penalty.fine > most:
        raise Refused(N_("On the spot at most %(most)s yuan."), most=f"{most:,.0f}")
    given_by_row(penalty, range_of(taken), row.others, discussed=False)
    case.summary, case.row, case.intention, case.penalty = True, row, penalty, penalty
    case.decided_by_id, case.decided_on = taken.person.id, taken.day
    taken.stop("filing_urgent")
    taken.start("service")
    taken.start("publicity")


def propose_filing(taken: Taken) -> None:
    """Refused where the limitation has run out, CFF 36."""
    ended = taken.on("ended_on")
    if ended > taken.day:
        raise Refused(N_("The violation cannot end after today."))
    term = "limitation_harm" if taken.given["harm"] == "yes" else "limitation"
    if until(term, ended) < taken.day:
        raise Refused(N_("The violation can no longer be punished: its limitation has run out."))
    taken.case.proposed = True


def file(taken: Taken) -> None:
    taken.stop("filing_urgent")
    taken.case.filed_on = taken.day
    taken.start("decision")


def range_of(taken: Taken) -> Range:
    row = taken.row
    return Range(least=row.least, most=row.most, law_most=row.law_most)


EFFECTS: Mapping[str, Effect] = {
    "inspect": inspect,
    "find no violation": nothing,
    "order": order,
    "stop on the spot": stop_on_the_spot,
    "fine on the spot": fine_on_the_spot,
    "propose filing": propose_filing,
    "file": file,
}
