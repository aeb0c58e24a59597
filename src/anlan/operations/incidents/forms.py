"""What people type into an event file, parsed once into typed values with an error a field."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.incidents.actions import NewIncident, ReportText
from anlan.operations.incidents.rules.loss import FIELDS, Field
from anlan.operations.incidents.rules.states import HAZARD_WORDS
from anlan.operations.registers.queries import Entered
from anlan.vocabulary.areas import BadAreaCode, area_code
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.figures import plain_decimal

LONGEST = Decimal("999999999999")


def report_text(post: Mapping[str, str]) -> tuple[ReportText, Entered]:
    """The report that was typed; its figures hold only those without an error."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    figures: dict[str, Decimal] = {}
    for one in FIELDS:
        typed = entered.values.get(one.key, "").replace(",", "").replace("，", "")
        if not typed:
            continue
        try:
            figures[one.key] = _figure(one, typed)
        except ValueError as fault:
            entered.errors[one.key] = str(fault)
    text = ReportText(
        figures=figures, situation=entered.values.get("situation", ""),
        measures=entered.values.get("measures", ""), reason=entered.values.get("reason", ""),
    )  # fmt: skip
    return text, entered


def new_incident(post: Mapping[str, str]) -> tuple[NewIncident | None, Entered]:
    """The emergency that was typed; None when something is wrong."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    values: dict[str, Any] = {"title": entered.values.get("title", "")}
    if not values["title"]:
        entered.errors["title"] = _("Write what has happened.")
    values["hazard"] = entered.values.get("hazard", "")
    if values["hazard"] not in HAZARD_WORDS:
        entered.errors["hazard"] = _("Choose the kind of emergency.")
    try:
        values["area_code"] = area_code(entered.values.get("area_code", ""))
    except BadAreaCode:
        entered.errors["area_code"] = _("Choose the place.")
    for key, needed in (("known_at", True), ("occurred_at", False)):
        typed = entered.values.get(key, "")
        values[key] = _moment(typed)
        if values[key] is None and (needed or typed):
            entered.errors[key] = _("Write the day and the time.")
    return (None if entered.errors else NewIncident(**values)), entered


def _figure(one: Field, typed: str) -> Decimal:
    try:
        value = plain_decimal(typed)
    except ValueError:
        raise ValueError(_("This is not a number.")) from None
    if abs(value) > LONGEST:
        raise ValueError(_("This is not a number."))
    if value != round(value, one.decimals):
        words = _("Whole numbers only.") if one.decimals == 0 else _("Two decimals at most.")
        raise ValueError(words)
    if value < 0:
        raise ValueError(_("A figure below zero cannot be."))
    return value


def _moment(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=CHINA)
    except ValueError:
        return None
