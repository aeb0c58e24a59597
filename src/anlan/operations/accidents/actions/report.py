"""Reports upwards: the first one, follow-ups until it is over, the toll at the end of its time."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from anlan.backbone.papers import plain
from anlan.operations.accidents.actions.steps import note, of_the_bureau
from anlan.operations.accidents.models import Accident, AccidentReport
from anlan.operations.accidents.rules.level import (
    LEVEL_WORDS,
    counts_until,
    late,
    upwards_within,
)
from anlan.operations.accidents.rules.loop import Person
from anlan.operations.accidents.rules.states import (
    CATEGORY_WORDS,
    ISSUE_WORDS,
    REPORT,
    TYPE_WORDS,
    Issue,
)
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import required
from anlan.operations.territory.queries import area_names
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def report_up(
    actor: Actor,
    person: Person,
    accident_id: int,
    *,
    at: datetime | None = None,
    measures: str = "",
) -> None:
    """The bureau reported upwards, `at` or now; its paper is kept. Late is marked [493 art. 11]."""
    with note("report up", REPORT, actor, person, accident_id) as taken:
        of_the_bureau(person)
        accident, when = taken.accident, at or clock.now()
        if accident.passed_on_at is not None:
            raise Refused(N_("It was reported upwards already."))
        if not accident.reported_at <= when <= clock.now():
            raise Refused(
                N_("It was reported upwards after it was reported here, and not later than now.")
            )
        accident.passed_on_at = when
        accident.late |= late(accident.reported_at, when, upwards_within(accident.level))
        _issue(accident, actor, Issue.FIRST, measures, when)


def follow_up(
    actor: Actor, person: Person, accident_id: int, *, text: str, over: bool = False
) -> None:
    """What became of it since; `over`: the last one, rescue and aftermath have ended."""
    with note("follow up", REPORT, actor, person, accident_id) as taken:
        of_the_bureau(person)
        accident = taken.accident
        if accident.passed_on_at is None:
            raise Refused(N_("The first report comes first."))
        if accident.follow_ended_at is not None:
            raise Refused(N_("The last report was made already."))
        taken.reason = required(text, N_("Say what became of it."))[:1000]
        if over:
            accident.follow_ended_at = clock.now()
        issue = Issue.LAST if over else Issue.FOLLOW_UP
        _issue(accident, actor, issue, taken.reason, clock.now())


def confirm_toll(actor: Actor, person: Person, accident_id: int) -> None:
    """The time in which changes of the toll count is over, and it is what stands here."""
    with note("confirm toll", REPORT, actor, person, accident_id) as taken:
        of_the_bureau(person)
        accident = taken.accident
        if clock.now() < counts_until(accident.category, accident.occurred_at):
            raise Refused(
                N_("Changes of the toll still count: 30 days, of traffic and fire 7.")
            ).at("over")
        accident.toll_confirmed_at = clock.now()


def _issue(accident: Accident, actor: Actor, issue: Issue, text: str, at: datetime) -> None:
    number = accident.reports.count() + 1
    AccidentReport.objects.create(
        accident=accident, issue=issue, number=number, at=at, by_name=actor.label,
        level=accident.level, words=_paper(accident, (issue, number, at), text),
    )  # fmt: skip


def _paper(accident: Accident, which: tuple[Issue, int, datetime], text: str) -> str:
    """The paper in Chinese, as it goes to the municipality: contents by 493 art. 12."""
    with override("zh-hans"):
        issue, number, at = which
        place = area_names().get(accident.area_code, "")
        rows = (
            (_("Unit with the accident"), accident.unit,
             _("Place of the accident"), f"{place} {accident.place}"),
            (_("Occurred at"), _moment(accident.occurred_at),
             _("Reported here at"), _moment(accident.reported_at)),
            (_("Category and type"), f"{pgettext(*CATEGORY_WORDS[accident.category])} "
             f"{pgettext(*TYPE_WORDS[accident.kind])}",
             _("Level of the accident"), pgettext(*LEVEL_WORDS[accident.level])),
            (_("Dead"), _persons(accident.deaths), _("Missing"), _persons(accident.missing)),
            (_("Seriously injured"), _persons(accident.serious),
             _("Acutely poisoned"), _persons(accident.poisoned)),
            (_("Slightly injured"), _persons(accident.minor),
             _("Direct loss in 10,000 yuan"), f"{accident.loss.normalize():f}"),
        )  # fmt: skip
        lines = [
            f"# {_('Report on an accident in production')}（{pgettext(*ISSUE_WORDS[issue])}）",
            f"@ {_('No. %(number)d') % {'number': number}} · {accident.number}",
            *(f"| {' | '.join(plain(cell) or '—' for cell in row)} |" for row in rows), "",
            f"~ {_('Course:')}{plain(accident.course) or '—'}",
            f"~ {_('Measures and what became of it:')}{plain(text) or '—'}", "",
            f"> {_('Emergency management bureau of the district')}",
            f"> {_moment(at)}",
        ]  # fmt: skip
        return "\n".join(lines)


def _moment(at: datetime) -> str:
    here = at.astimezone(clock.CHINA)
    return f"{here.year}年{here.month}月{here.day}日{here:%H:%M}"


def _persons(count: int) -> str:
    return ngettext("%(n)d person", "%(n)d persons", count) % {"n": count}
