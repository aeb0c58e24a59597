"""Accident types and controls in words, for whoever shows them."""

from collections.abc import Collection, Mapping

from django.utils.translation import pgettext

from anlan.operations.registers.queries import series
from anlan.operations.risks.rules.accident_types import ACCIDENT_WORDS
from anlan.operations.risks.rules.loop import CONTROL_WORDS, CONTROLS


def accident_words(codes: Collection[str]) -> str:
    """机械伤害、火灾."""
    return series(pgettext(*ACCIDENT_WORDS[code]) for code in codes)


def control_words(controls: Mapping[str, str]) -> list[tuple[str, str]]:
    """The controls that are written down, in the order of the hierarchy."""
    return [(pgettext(*CONTROL_WORDS[k]), controls[k]) for k in CONTROLS if controls.get(k)]
