"""Penalties in words: on pages and papers, and read out of a discretion table's cell."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from anlan.operations.enforcement.rules.money import in_words
from anlan.operations.enforcement.rules.penalties import FOR_A_TIME, ROW_WORDS, Penalty


def penalty_said(penalty: Penalty, terms: str = "", *, capitals: bool = False) -> str:
    """The penalty in the reader's language; with `capitals` amounts as a paper writes them."""
    said = {one: pgettext(*ROW_WORDS[one]) for one in penalty.others}
    if terms:
        for one in FOR_A_TIME:
            if one in said:
                said[one] = _("%(penalty)s (%(terms)s)") % {"penalty": said[one], "terms": terms}
    words = [said.pop("warning")] if "warning" in said else []
    if penalty.fine:
        said_fine = _("fine of %(amount)s yuan") % {"amount": f"{penalty.fine:,.2f}"}
        words.append(said_fine + _capitals(penalty.fine, capitals))
    if penalty.gains:
        said_gains = _("confiscation of unlawful gains of %(amount)s yuan")
        words.append(said_gains % {"amount": f"{penalty.gains:,.2f}"}
                     + _capitals(penalty.gains, capitals))  # fmt: skip
    return "；".join([*words, *said.values()])


def _capitals(amount: Decimal, wanted: bool) -> str:
    return f"（大写：{in_words(amount)}）" if wanted else ""


def given_said(others: str) -> str:
    """What a row of the discretion table gives beside a fine, in words."""
    return "、".join(pgettext(*word) for key, word in ROW_WORDS.items() if key in others.split(","))


def given_of(text: str) -> str | None:
    """What a cell says in words or keys, as a row keeps it; None where a word is unknown."""
    known = {key: key for key in ROW_WORDS}
    for language in ("zh-hans", "en"):
        with override(language):
            known |= {pgettext(*word): key for key, word in ROW_WORDS.items()}
    found = [known.get(one.strip()) for one in re.split(r"[、,，;；]", text) if one.strip()]
    if None in found:
        return None
    return ",".join(key for key in ROW_WORDS if key in found)
