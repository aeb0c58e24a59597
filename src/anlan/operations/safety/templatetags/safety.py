"""How dangers are marked on pages (`ui.md` 3): a grade is a word, late is magenta."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from anlan.operations.safety.queries.photographs import ENDINGS
from anlan.operations.safety.rules.pictures import MOMENT_WORDS
from anlan.operations.safety.rules.states import GRADE_WORDS, Grade
from anlan.vocabulary.words import Term

register = template.Library()


@register.simple_tag
def grade_mark(grade: str) -> SafeString | str:
    """◆ 重大, 一般, or — as long as nobody has graded it."""
    if not grade:
        return "—"
    word = pgettext(*GRADE_WORDS[Grade(grade)])
    if grade == Grade.MAJOR:
        return format_html('<b class="al-nw"><span aria-hidden="true">◆</span> {}</b>', word)
    return format_html('<span class="al-ink2">{}</span>', word)


@register.simple_tag
def moment_word(moment: str) -> str:
    """整改前, 整改后, 报告凭证."""
    return pgettext(*MOMENT_WORDS[moment])


@register.filter
def paper_kind(media: str) -> str:
    """PDF, DOCX or XLSX; nothing for a picture."""
    return ENDINGS.get(media, "").upper()


@register.filter
def as_moment(said: str) -> datetime:
    """A moment that a step has kept as text, for `day_time`."""
    return datetime.fromisoformat(said)


@register.filter
def as_day(said: str) -> date:
    """A day that a step has kept as text, for `day`."""
    return date.fromisoformat(said)


@register.simple_tag
def case_state(state: str) -> str:
    """A state of an enforcement case, as the case told it."""
    return pgettext(*Term("case state", state))


@register.simple_tag
def days_left(left: int | None) -> SafeString | str:
    """晚 3 天, 今天, 剩 2 天; nothing without a deadline."""
    if left is None:
        return ""
    if left < 0:
        said = ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
        return format_html('<b class="al-late">{}</b>', said)
    if left == 0:
        return format_html("<b>{}</b>", pgettext("deadline", "today"))
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
