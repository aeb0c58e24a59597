"""What was computed, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.people.queries.days import in_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """A check as a page says it; `passed` None: it does not apply."""

    passed: bool | None
    text: str


def evidence(kept: Mapping[str, Any] | None) -> Evidence | None:
    """A finding as it was kept, in words; None where nothing was computed."""
    if kept is None:
        return None
    said = str(kept["said"])
    return Evidence(kept["passed"], _(said) % in_words(kept["facts"]))
