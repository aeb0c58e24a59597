"""The marks of `ui.md` 3: level, bars, state pill, datum value, deadline. Builtins everywhere.

Never colour alone: every mark carries its shape or numeral and its word.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import UNKNOWN, day_words, moment_words
from anlan.operations.registers.queries import series
from anlan.portal import assets, figures, navigation, terms
from anlan.vocabulary import clock

register = template.Library()

_SHAPE = {
    1: "M7.2 1.5h9.6l5.7 5.7v9.6l-5.7 5.7H7.2l-5.7-5.7V7.2z",
    2: "M12 1.4 23.2 21.6H.8z",
    3: "M12 .6 23.4 12 12 23.4.6 12z",
    4: "M12 1a11 11 0 1 1 0 22 11 11 0 0 1 0-22z",
}
_SILENT = SafeString('aria-hidden="true"')
_STATES = {
    "wait": "clock",
    "doing": "history",
    "done": "check",
    "late": "clock-exclamation",
    "stop": "lock",
}

for name in (
    "stage_m", "rain_mm", "flow", "whole", "money", "signed", "clock_time", "long_date",
    "span_minutes", "datum_word",
):  # fmt: skip
    register.filter(name, getattr(figures, name))
register.filter("day", day_words)
register.filter("day_time", moment_words)
register.filter("doer", terms.doer)
register.filter("right_word", terms.right_word)
register.filter("role_word", terms.role_word)
register.simple_tag(figures.percent, name="percent")


@register.filter(name="series")
def in_series(words: Iterable[object]) -> str:
    """Words one after the other, as the reader's language writes them."""
    return series(str(word) for word in words)


@register.simple_tag
def level_mark(level: int, size: int = 24) -> SafeString:
    """The alert level's shape with its numeral; read out as 红色预警."""
    level = int(level)
    return format_html(
        '<svg class="al-level" width="{0}" height="{0}" viewBox="0 0 24 24" role="img" '
        'aria-label="{1}"><path d="{2}" fill="var(--al-alert-{3})"/><text x="12" y="{4}" '
        'text-anchor="middle" font-size="{5}" font-weight="700" fill="var(--al-alert-{3}-on)">'
        "{3}</text></svg>",
        size, terms.alert_word(level), _SHAPE[level], level,
        "19" if level == 2 else "16.6", "12.5" if level == 2 else "13.5",
    )  # fmt: skip


@register.simple_tag
def level_word(level: int) -> str:
    """红色预警."""
    return terms.alert_word(int(level))


@register.simple_tag
def level_badge(level: int) -> SafeString:
    """Mark and word on the level's soft tint, for lists."""
    return format_html(
        '<span class="al-badge al-l{}">{}{}</span>', int(level), level_mark(level, 20),
        terms.alert_word(int(level)),
    )  # fmt: skip


@register.simple_tag
def response_bars(level: int | None) -> SafeString:
    """Four neutral bars, filled = strength; read out as 二级响应."""
    filled = 5 - int(level) if level else 0
    word = terms.response_word(int(level)) if level else _("no response")
    bars = _bars(filled, 4)
    return format_html('<span class="al-bars" role="img" aria-label="{}">{}</span>', word, bars)


@register.simple_tag
def response_word(level: int) -> str:
    """二级响应."""
    return terms.response_word(int(level))


@register.simple_tag
def risk_square(level: int) -> SafeString:
    """The risk level's quiet square with its character, and its word."""
    level = int(level)
    return format_html(
        '<span class="al-risk r{}" aria-hidden="true">{}</span>{}', level,
        terms.risk_character(level), terms.risk_word(level),
    )  # fmt: skip


@register.simple_tag
def danger_rank(rank: int) -> SafeString:
    """Five rising bars and the word: the forest-fire danger, which rises with danger."""
    rank = int(rank)
    bars = _bars(rank, 5)
    return format_html(
        '<span class="al-rank k{0}" aria-hidden="true">{1}</span>{0} {2}', rank, bars,
        terms.rank_word(rank),
    )  # fmt: skip


@register.simple_tag
def state_pill(state: str, text: str = "") -> SafeString:
    """A work state with icon and word: wait, doing, done, late, stop."""
    return format_html(
        '<span class="al-state al-state-{}">{}{}</span>', state, icon(_STATES[state], 15),
        text or terms.state_word(state),
    )  # fmt: skip


@register.simple_tag
def datum_value(metres: float | None, datum: str | None) -> SafeString:
    """193.72 m 吴淞: a stage never without its datum."""
    if metres is None:
        return format_html('<span class="al-figure">{}</span>', UNKNOWN)
    return format_html(
        '<span class="al-figure">{}<small> m {}</small></span>', figures.stage_m(metres),
        figures.datum_word(datum),
    )  # fmt: skip


@register.simple_tag
def deadline(due_at: datetime | None, form: str = "short") -> SafeString:
    """晚 18 分, 剩 1.8 小时 or 剩 3 天; `form="full"` adds the time below it: 应 17:42 前."""
    if due_at is None:
        return format_html('<span class="al-deadline">{}</span>', _("no deadline"))
    left, ends = figures.minutes_until(due_at), due_at.astimezone(clock.CHINA)
    late, days = left < 0, (ends.date() - clock.today()).days
    if days == 0:
        by = figures.clock_time(due_at)
    elif due_at == clock.end_of(ends.date()):
        by = day_words(ends.date())
    else:
        by = moment_words(due_at)
    if abs(days) > 1:  # beyond tomorrow people count days, as the registers do
        left = days * 24 * 60
    below = (_("was due %(by)s") if late else _("by %(by)s")) % {"by": by}
    small = format_html("<small>{}</small>", below) if form == "full" else ""
    return format_html(
        '<time class="al-deadline{}" datetime="{}" title="{}">{}{}</time>',
        " al-late" if late else "", due_at.isoformat(), below, figures.deadline_words(left), small,
    )  # fmt: skip


@register.simple_tag
def stale_age(at: datetime | None) -> SafeString:
    """26 分钟前. Wrap the last value and this in `class="al-stale"` once it is stale."""
    if at is None:
        return format_html("<span>{}</span>", _("never reported"))
    minutes = max(0.0, -figures.minutes_until(at))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), moment_words(at),
        figures.age_words(minutes),
    )  # fmt: skip


@register.simple_tag
def icon(name: str, size: int = 18, label: str = "") -> SafeString:
    """A Tabler icon from the sprite; silent to screen readers unless it is given a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else _SILENT
    return format_html(
        '<svg class="al-icon" width="{0}" height="{0}" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {1}>'
        '<use href="{2}#{3}"/></svg>',
        size, said, assets.sprite(), name,
    )  # fmt: skip


@register.simple_tag
def funnel(rows: Iterable[Sequence[Any]]) -> SafeString:
    """Aligned bars with counts, from (word, count) pairs; the first row is the whole."""
    pairs = [(str(row[0]), row[1]) for row in rows]
    whole = pairs[0][1] if pairs else 0
    lines = (
        (
            word,
            "al-whole" if place == 0 else "",
            f"{100 * (number or 0) / whole:.1f}" if whole else "0",
            figures.whole(number),
            "" if place == 0 else figures.percent(number, whole),
        )
        for place, (word, number) in enumerate(pairs)
    )
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="al-bar"><i class="{}" style="width:{}%"></i></td>'
        "<td><b>{}</b></td><td><small>{}</small></td></tr>",
        lines,
    )
    return format_html('<table class="al-funnel">{}</table>', body)


@register.simple_tag
def island(name: str, props: Any = None, ident: str = "") -> SafeString:
    """Mount a TypeScript island; `props` is a mapping or a dataclass, see web/src/props.ts.

    With an id it can be given new props later, by `island_update` in any swapped fragment.
    """
    own = format_html(' id="{}"', ident) if ident else ""
    return format_html(
        '<div class="al-island al-island-{0}" data-island="{0}"{1}>'
        '<script type="application/json">{2}</script></div>',
        name, own, _json(props),
    )  # fmt: skip


@register.simple_tag
def island_update(ident: str, props: Any) -> SafeString:
    """New props for the island with this id; it keeps its view, its slider, its focus."""
    return format_html(
        '<script type="application/json" data-for="{}">{}</script>', ident, _json(props)
    )


@register.simple_tag
def live(url: str, select: str = "") -> SafeString:
    """Attributes that make an element fetch itself again whenever something happened.

    `<section id="tasks" {% live "/" "#tasks" %}>` asks the page itself and keeps only its own
    part; without `select` the address answers a fragment for the inside. Focus, scroll and what is
    being typed stay: the new markup is morphed into the old.
    """
    parts = format_html('hx-get="{}" hx-trigger="live from:body" hx-sync="this:replace"', url)
    if not select:
        return parts + SafeString(' hx-swap="morph:innerHTML"')
    return parts + format_html(' hx-select="{}" hx-target="this" hx-swap="morph:outerHTML"', select)


@register.simple_tag
def live_stream() -> str:
    """The address of the live stream."""
    return reverse("live")


@register.simple_tag
def built(name: str) -> SafeString:
    """Style sheets and modules of a web entry: house (desk), wall or phone."""
    styles, modules = assets.entry(name)
    links = [format_html('<link rel="stylesheet" href="{}">', path) for path in styles]
    if modules:
        links.append(format_html('<script type="module" src="{}"></script>', modules[0]))
    links += [format_html('<link rel="modulepreload" href="{}">', path) for path in modules[1:]]
    return format_html_join("\n", "{}", ((link,) for link in links))


@register.filter
def no_data(value: Any) -> str:
    """The value, or 无数据 where there is none."""
    return pgettext("reading", "no data") if value is None else str(value)


def _bars(filled: int, of: int) -> SafeString:
    return format_html_join("", '<i class="{}"></i>', (("on" * (i < filled),) for i in range(of)))


def _json(props: Any) -> SafeString:
    """Props as JSON that no browser can read as markup, as django's json_script does."""
    if is_dataclass(props) and not isinstance(props, type):
        props = asdict(props)
    text = json.dumps(props or {}, ensure_ascii=False, default=_plain, allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return SafeString(text)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


@register.simple_tag
def phone_bar(scope: Scope, items: list[navigation.RailItem]) -> Any:
    """The bar of a phone for this role, and what stands under "more"."""
    return navigation.phone_bar(scope, list(items))
