"""What was computed, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True, slots=True)
class Evidence:
    """A check as a page says it; `passed` None: it does not apply."""

    passed: bool | None
    text: str


def evidence(kept: Mapping[str, Any] | None) -> Evidence | None:
    """A finding as it was kept, in words; None where nothing was computed."""
    if kept is None:
        return None
    facts = {
        name: pgettext(*value) if isinstance(value, list) else value
        for name, value in kept["facts"].items()
    }
    said = str(kept["said"])
    return Evidence(kept["passed"], _(said) % facts)
