"""What the templates of a register say of its declaration."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.queries.days import in_words
from anlan.operations.registers.queries import (
    MOST_TOGETHER,
    SINCE,
    Entered,
    Field,
    Page,
    Register,
    Wrong,
    as_typed,
    place,
    position,
    saved_views,
    series,
    shown,
    typed_before,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def steps_at(context: dict[str, Any], forms: Any, action: str) -> Any:
    """The forms of an address; one that was refused just now comes back as it was typed."""
    return as_typed(forms or (), typed_before(context["request"], action))


@register.simple_tag(takes_context=True)
def form_at(context: dict[str, Any], action: str) -> dict[str, Any]:
    """What was typed into the one form of an address that was refused just now, by its keys."""
    kept = typed_before(context["request"], action)
    if kept is None:
        return {}
    typed = {key: ",".join(values) for key, values in kept["typed"].items()}
    return typed | {"refused": kept["wrong"], "refused_at": kept["field"]}


@register.simple_tag
def head_of(one: Field) -> str:
    """A field's name."""
    return pgettext(*one.word)


@register.simple_tag
def value_of(one: Field, row: dict[str, Any], names: dict[str, str]) -> str:
    """A row's value in words."""
    return shown(one, row.get(one.key), names)


@register.simple_tag
def choice_word(declared: Register, key: str, value: str) -> str:
    """The word of a choice."""
    return shown(declared.field(key), value, {})


@register.simple_tag
def place_of(code: str, names: dict[str, str]) -> str:
    """An area in words."""
    return place(code, names)


@register.simple_tag
def sort_address(page: Page, one: Field) -> str:
    """Where a click on a column's head leads: sorted by it, then the other way."""
    asked = page.asked
    down = asked.sort == one.key and not asked.down
    return asked.address(sort=f"-{one.key}" if down else one.key)


@register.inclusion_tag("registers/head.html")
def column(page: Page, key: str, extra: str = "") -> dict[str, Any]:
    """A column's head; where the list sorts by it, a click does. extra: a class of the style."""
    return {"page": page, "one": page.register.field(key), "extra": extra}


@register.simple_tag
def page_address(page: Page, number: int) -> str:
    return page.asked.address(page=number)


@register.simple_tag
def view_address(page: Page, key: str) -> str:
    """A tab's address; the one of all rows asks for it, or the first view would be shown."""
    return page.asked.address(view=key) or "view="


@register.inclusion_tag("registers/saved.html", takes_context=True)
def saved_view_chips(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """The reader's own views of this list, and how to save what it shows now."""
    request = context["request"]
    return {
        "saved": saved_views(request), "question": page.asked.address(), "address": request.path,
        "csrf": context.get("csrf_token", ""),
    }  # fmt: skip


def span_words(declared: Register, key: str, day: str) -> str:
    """A filter that has no control of its own, in words: from a day on, or until it."""
    one = declared.field_of(key)
    if one.kind == "whole":
        return pgettext(*one.word)
    said = in_words({"word": pgettext(*one.word), "day": day})
    if key.endswith(SINCE):
        return pgettext("filter", "%(word)s from %(day)s") % said
    return pgettext("filter", "%(word)s until %(day)s") % said


@register.inclusion_tag("registers/filters.html")
def filters(page: Page, places: list[tuple[str, str]]) -> dict[str, Any]:
    """The search and one control a filtered field; `places` are the areas to choose from."""
    fields = [
        (one, page.asked.filters.get(one.key, ""),
         places if one.kind == "area" else [(k, pgettext(*w)) for k, w in one.choices.items()])
        for one in page.register.fields if one.filtered and (one.choices or one.listed)
    ]  # fmt: skip
    shown = {one.key for one, _value, _choices in fields if one.kind != "moment"}
    spans = [(key, span_words(page.register, key, value), value)
             for key, value in page.asked.filters.items() if key not in shown]  # fmt: skip
    searched = series(pgettext(*one.word) for one in page.register.fields if one.searched)
    return {"page": page, "fields": fields, "searched": searched, "spans": spans}


@register.inclusion_tag("registers/position.html", takes_context=True)
def form_position(context: dict[str, Any], entered: Entered) -> dict[str, Any]:
    """Fields `lon` and `lat`: typed, from the phone, or picked where the reader may see the map."""
    props = None
    if context["scope"].may("territory.map"):
        try:
            lon, lat = position(entered.values)
        except Wrong:
            lon = lat = None
        at = None if lon is None or lat is None else [lon, lat]
        props = {
            "layers": "/map/layers.json", "fit": "district", "tools": True, "pick": {"at": at},
        }  # fmt: skip
    return {"entered": entered, "props": props}


@register.inclusion_tag("registers/field.html", takes_context=True)
def form_field(
    context: dict[str, Any], one: Field, entered: Entered,
    places: list[tuple[str, str]] | None = None, *, without_firm: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """One field of a form: label, control, help, what is wrong with it. `without_firm`: the file
    of a chosen enterprise answers it, so it is out of sight then and the browser demands it not."""
    choices = places if one.kind == "area" else [(k, pgettext(*w)) for k, w in one.offered.items()]
    return {
        "one": one, "word": pgettext(*one.word), "value": entered.values.get(one.key, ""),
        "error": entered.errors.get(one.key, ""), "choices": choices or [],
        "help": _(one.help) if one.help else "",
        "ticked": entered.values.get(one.key, "").split(","),
        "drawing": _drawing(context, one) if one.drawn else None, "without_firm": without_firm,
    }  # fmt: skip


def _drawing(context: dict[str, Any], one: Field) -> dict[str, Any]:
    """A map to draw a line on; with the layers that the reader may see."""
    layers = "/map/layers.json" if context["scope"].may("territory.map") else []
    return {
        "layers": layers, "fit": "district", "tools": True,
        "draw": {"field": one.key, "most": one.drawn, "word": pgettext(*one.word)},
    }  # fmt: skip


@register.inclusion_tag("registers/chosen.html")
def chosen_rows(page: Page, action: str) -> dict[str, Any]:
    """What is done with the ticked rows (`registers/tick.html`), or with all that match."""
    return {"page": page, "action": action, "most_together": MOST_TOGETHER}


@register.simple_tag
def none_here() -> str:
    """What an empty view says that nobody filtered."""
    return _("None of these at present. All stand under “All”.")
