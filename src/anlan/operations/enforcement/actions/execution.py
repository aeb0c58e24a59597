"""From the service of the decision to the archive: what each step sets."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from anlan.operations.enforcement.actions.certificates import stands_today
from anlan.operations.enforcement.actions.recordings import filmed
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.models import (
    CaseOfficer,
    Certificate,
    Payment,
)
from anlan.operations.enforcement.queries.state import due, owed, still_open
from anlan.operations.enforcement.queries.terms import until
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# What a re-check checks: a request for it comes after.
SINCE = ("order", "stop on the spot", "check the order", "execute", "end the execution")


def serve(taken: Taken) -> None:
    case, day = taken.case, taken.on("on")
    if day > taken.day or case.decided_on is None or day < case.decided_on:
        raise Refused(N_("It is served between the decision and today.")).at("on")
    filmed(taken, "serve")
    taken.stop("service")
    if case.fine or case.gains:
        taken.start("payment", since=day)
    appeal = max(until("reconsideration", day), until("suit", day))
    case.dues["appeal"] = appeal.isoformat()
    if case.penalty.done_when_served:
        taken.start("execution", since=day)  # all that is left is to put it on record
    else:
        taken.start("court", since=appeal)


def give_time_to_pay(taken: Taken) -> None:
    """Later, or in instalments that come to what is open (CFF 66)."""
    case, now, later = taken.case, due(taken.case, "payment"), taken.on("until")
    if now is None or later <= now:
        raise Refused(N_("More time ends after the time to pay.")).at("until")
    rows = _instalments(taken.words("instalments"))
    if rows:
        came = sum((amount for _day, amount in rows), Decimal(0))
        if came != case.fine - case.paid or rows[0][0] < taken.day or rows[-1][0] != later:
            raise Refused(
                N_("Instalments come to %(open)s yuan, the last of them on the last day."),
                open=f"{case.fine - case.paid:,.2f}",
            ).at("instalments")
        rows = [(taken.day, case.paid), *rows] if case.paid else rows
    case.instalments = [[day.isoformat(), f"{amount}"] for day, amount in rows]
    case.dues["payment"] = later.isoformat()
    appeal = due(case, "appeal")
    if appeal is not None and later > appeal:
        taken.start("court", since=later)


def _instalments(text: str) -> list[tuple[date, Decimal]]:
    """Lines of day and amount, in order of their days."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            day, amount = line.split()
            row = date.fromisoformat(day), Decimal(amount)
        except (ValueError, InvalidOperation):
            row = None
        if row is None or not row[1].is_finite() or row[1] <= 0:
            raise Refused(N_("%(line)s is not a day and an amount."), line=line[:60]).at(
                "instalments"
            )
        found.append(row)
    return sorted(found)


def record_a_payment(taken: Taken) -> None:
    """Never more than is owed on the day of the payment; a receipt counts once."""
    case, amount, day = taken.case, taken.money(), taken.on("on")
    of = taken.words("of") or ("fine" if case.fine else "gains")
    if day > taken.day or case.decided_on is None or day < case.decided_on:
        raise Refused(N_("It is paid between the decision and today.")).at("on")
    receipt = taken.words("receipt")[:40]
    if Payment.objects.filter(receipt=receipt).exists():
        raise Refused(N_("This receipt is entered already.")).at("receipt")
    most = case.gains - case.gains_paid if of == "gains" else owed(case, day) - case.paid
    most = max(most, Decimal(0))
    if amount > most:
        raise Refused(N_("More than is owed: %(most)s yuan."), most=f"{most:,.2f}").at("amount")
    Payment.objects.create(
        case=case, of=of, amount=amount, paid_on=day, receipt=receipt, entered_at=clock.now(),
        by_id=taken.person.id,
    )  # fmt: skip
    if of == "gains":
        case.gains_paid += amount
    else:
        case.paid += amount


def remind(taken: Taken) -> None:
    """Its days run from its service; a reminder before counts no longer."""
    taken.stop("reminder")


def serve_the_reminder(taken: Taken) -> None:
    """Ten days from the day on which the party has it, QZF 54."""
    day = taken.on("on")
    issued = taken.case.steps.filter(verb="remind").latest("id").at.astimezone(clock.CHINA).date()
    if not issued <= day <= taken.day:
        raise Refused(N_("It is served between the reminder and today.")).at("on")
    filmed(taken, "serve the reminder")
    taken.start("reminder", since=day)


def apply_to_the_court(taken: Taken) -> None:
    taken.stop("court")


def end_the_execution(taken: Taken) -> None:
    """The court ends it 终结执行: what is open then is not paid, and grows no more."""
    case, day = taken.case, taken.on("on")
    applied = case.steps.filter(verb="apply to the court").latest("id")
    if not applied.at.astimezone(clock.CHINA).date() <= day <= taken.day:
        raise Refused(N_("It ends between the application and today.")).at("on")
    taken.said = {"open": f"{still_open(case, day)}"}
    _end(taken, day)


def execute(taken: Taken) -> None:
    taken.said = {"owed": f"{owed(taken.case, taken.day)}", "paid": f"{taken.case.paid}"}
    _end(taken, taken.day)


def _end(taken: Taken, day: date) -> None:
    """What was added to the fine by `day` stays as it is; the re-check comes next."""
    case = taken.case
    case.added, case.ended_on = owed(case, day) - case.fine, day
    taken.stop("payment", "appeal", "court", "reminder", "execution")
    if "recheck" not in case.dues:
        taken.start("recheck")


def ask_for_a_recheck(taken: Taken) -> None:
    """The party says that it is done: ten days from its request, unless the re-check is due before
    them anyway."""
    case, day = taken.case, taken.on("on")
    since = case.steps.filter(verb__in=SINCE).latest("id").at.astimezone(clock.CHINA).date()
    if not since <= day <= taken.day:
        raise Refused(N_("It is asked for between the order and today.")).at("on")
    case.recheck_asked_on = day
    last, asked = due(case, "recheck"), until("recheck", day)
    case.dues["recheck"] = min(last or asked, asked).isoformat()


def check_the_order(taken: Taken) -> None:
    taken.case.recheck_asked_on = None
    if taken.given["outcome"] == "done":
        taken.stop("order", "recheck")
        return
    last = taken.on("until")
    if last < taken.day:
        raise Refused(N_("The deadline has passed already."))
    taken.case.dues["order"] = last.isoformat()
    taken.start("recheck", since=last)


def recheck(taken: Taken) -> None:
    taken.case.recheck_asked_on = None
    taken.stop("order", "recheck")


def archive(taken: Taken) -> None:
    if "publicity" in taken.case.dues:
        raise Refused(N_("Publish the decision first."))
    if "publicity_other" in taken.case.dues:
        raise Refused(N_("Publish the orders and measures first."))
    taken.case.dues = {}
    taken.case.closed_at = clock.now()


def replace_an_officer(taken: Taken) -> None:
    """Recusal (CFF 43) and change of hands: the leader decides, the case keeps two officers."""
    case, leaves, comes = taken.case, taken.given["leaves"], taken.given["comes"]
    if not isinstance(leaves, Certificate) or not isinstance(comes, Certificate):
        raise Refused(N_("Choose who leaves and who comes."))
    stands_today(comes, taken.day)
    if comes.account_id in (case.reviewed_by_id, case.decided_by_id):
        raise Refused(N_("Who investigates a case neither reviews nor decides it."))
    now = case.officers.filter(until=None)
    stay = now.exclude(certificate=leaves)
    if comes == leaves or stay.filter(certificate__account=comes.account_id).exists():
        raise Refused(N_("The officer is on the case already."))
    now.filter(certificate=leaves).update(until=clock.now(), why=taken.words("reason")[:200])
    CaseOfficer.objects.create(case=case, certificate=comes, since=clock.now())


EFFECTS: Mapping[str, Effect] = {
    "serve": serve,
    "give time to pay": give_time_to_pay,
    "record a payment": record_a_payment,
    "remind": remind,
    "serve the reminder": serve_the_reminder,
    "end the execution": end_the_execution,
    "apply to the court": apply_to_the_court,
    "execute": execute,
    "ask for a re-check": ask_for_a_recheck,
    "check the order": check_the_order,
    "recheck": recheck,
    "archive": archive,
    "replace an officer": replace_an_officer,
}
