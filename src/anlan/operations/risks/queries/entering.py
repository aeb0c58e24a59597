"""A rating as somebody typed it or sent it in a file: typed values, or what is wrong."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.registers.queries import Entered, Field, typed
from anlan.operations.risks.queries.registers import RISKS
from anlan.operations.risks.rules.accident_types import ACCIDENT_WORDS

LEC, MATRIX = ("l", "e", "c"), ("likely", "severe")
FORM = tuple(
    one for one in RISKS.typed if one.key not in ("credit_code", "accident_types")
)  # what a person types; accident types are ticked


def accidents_of(text: str) -> list[str]:
    """Codes of accident types named in a text; raises `KeyError` with a name that is none."""
    words = {pgettext(*word): code for code, word in ACCIDENT_WORDS.items()}
    named = [part.strip() for part in text.replace(",", "、").replace("，", "、").split("、")]
    return sorted({part if part in ACCIDENT_WORDS else words[part] for part in named if part})


def entered_rating(
    given: Mapping[str, str], accidents: Collection[str], causes: Collection[str]
) -> tuple[dict[str, Any], Entered]:
    """What a form says, beside what is wrong with it by field."""
    values, entered = typed(RISKS, given, only=[one.key for one in FORM])
    values["accidents"] = sorted(set(accidents) & set(ACCIDENT_WORDS))
    values["causes"] = sorted(causes)
    if not values["accidents"]:
        entered.errors["accidents"] = _("Tick what may happen there.")
    for key, why in lacking(values).items():
        entered.errors.setdefault(key, why)
    return values, entered


def lacking(values: dict[str, Any]) -> dict[str, str]:
    """The values of the chosen method that are missing; those of the other method are let go."""
    used, other = (LEC, MATRIX) if values.get("method") == "lec" else (MATRIX, LEC)
    for key in other:
        values[key] = ""
    return {
        key: _("%(field)s is missing.") % {"field": pgettext(*_field(key).word)}
        for key in used if not values.get(key)
    }  # fmt: skip


def _field(key: str) -> Field:
    return RISKS.field(key)
