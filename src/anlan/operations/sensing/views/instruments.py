"""What an HJ 212 instrument says of itself, on its station's page."""

from typing import Any

from django.utils.translation import pgettext

from anlan.operations.people.queries.sayings import spoken
from anlan.operations.sensing import queries
from anlan.operations.sensing.rules.elements import ELEMENT_WORDS
from anlan.operations.sensing.views.lines import said
from anlan.protocols import hj212

HJ212 = "hj212"


def instrument(code: str) -> list[dict[str, Any]]:
    """Line by line what it said last: of which instrument, and in the standard's words."""
    return [
        {"part": _part(row.part), "at": row.at,
         "lines": [spoken(hj212.named(field, one)) for one in row.text.splitlines()]}
        for row in queries.particulars(code) if (field := hj212.field_of(row.code))
    ]  # fmt: skip


def _part(part: str) -> str:
    if not part:
        return pgettext("instrument", "Data logger")
    element = hj212.element_of(part)
    return said(ELEMENT_WORDS[element]) if element else part
