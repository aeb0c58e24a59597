"""A missed cycle 日周月 is a finding against the owner: opened by the platform, one a month."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import PLATFORM, act
from anlan.operations.people.queries.days import full_day_words, month_words
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.actions.find import Find, register
from anlan.operations.safety.actions.steps import moved, write
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.queries.persons import answerable
from anlan.operations.safety.queries.terms import missed_cycles_on
from anlan.operations.safety.rules.states import Grade, Source, State
from anlan.vocabulary import clock
from anlan.vocabulary.words import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Self-checks of one cycle that an enterprise missed in a month, by its first day; `word` says
    the cycle, `last` is the last day of the newest of them."""

    enterprise_id: int
    cycle: str
    word: Term
    month: date
    count: int
    last: date

    @property
    def key(self) -> str:
        return f"missed:{self.enterprise_id}:{self.cycle}:{self.month:%Y-%m}"


def find_missed_cycle(missed: Missed) -> bool:
    """Open the finding of that month; whether it is new. One that stands is not opened again: but
    where the cycle was kept since, and missed after that, it has to be kept once more.
    """
    known = Danger.objects.filter(key=missed.key)
    again = known.filter(kept_again_on__lte=missed.last).exclude(state=State.CLOSED)
    if again.update(kept_again_on=None) or known.exists():
        return False
    try:
        _open(missed)
    except IntegrityError:  # another round was first
        return False
    return True


def _open(missed: Missed) -> None:
    with act("safety.find_missed_cycle", PLATFORM) as this:
        firm = Enterprise.objects.get(pk=missed.enterprise_id)
        said = {"cycle": pgettext(*missed.word), "month": month_words(missed.month),
                "n": missed.count, "last": full_day_words(missed.last)}  # fmt: skip
        pk = register(PLATFORM, Find(
            key=missed.key, title=_("Self-checks missed (%(cycle)s) in %(month)s") % said,
            description=_("%(n)d missed so far, the last one due on %(last)s.") % said,
            area_code=firm.area_code, sector=firm.sector, source=Source.CYCLE,
            enterprise_id=firm.pk, item=item_of(missed.cycle),
        ))  # fmt: skip
        danger = Danger.objects.get(pk=pk)
        _grade(danger)
        _assign(danger)
        refresh(danger)
        this.on("danger", danger.pk, str(danger))
        this.publish(moved(danger, "assign", State.FOUND))


def item_of(cycle: str) -> str:
    """What the finding is kept under, so that the next month's is known as a repeat."""
    return f"cycle:{cycle}"


def _grade(danger: Danger) -> None:
    danger.grade, danger.state = Grade.GENERAL, State.GRADED
    danger.save()
    write(danger, PLATFORM, "grade", State.FOUND, {"grade": Grade.GENERAL}, "")


def _assign(danger: Danger) -> None:
    """To who answers for safety there; where nobody is named, its regulator assigns it."""
    rectifier, name = answerable(danger.pk)
    if not name:
        return
    today = clock.today()
    due_on = today + timedelta(days=missed_cycles_on(today).days)
    danger.rectifier_id, danger.rectifier_name = rectifier, name[:60]
    danger.due_on, danger.state = due_on, State.ASSIGNED
    danger.save()
    said = {"due_on": f"{due_on}", "rectifier": danger.rectifier_name,
            "regulator": danger.regulator}  # fmt: skip
    write(danger, PLATFORM, "assign", State.GRADED, said, "")


def keep_cycle(enterprise_id: int, cycle: str, at: datetime) -> None:
    """A self-check of the cycle was made in time: what was found missed before is kept again.

    The caller's transaction.
    """
    rows = Danger.objects.filter(
        enterprise=enterprise_id, source=Source.CYCLE, item=item_of(cycle), found_at__lte=at,
        kept_again_on=None,
    )  # fmt: skip
    day = at.astimezone(clock.CHINA).date()
    rows.exclude(state=State.CLOSED).update(kept_again_on=day)
