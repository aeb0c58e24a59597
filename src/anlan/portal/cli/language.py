"""The command line's words in Chinese or English, without loading any framework."""

import argparse
import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from anlan.vocabulary.words import N_

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"
HOUSE = Path(__file__).resolve().parents[2] / "locale"  # sentences of the pure packages
CHINESE, ENGLISH = "zh_Hans", "en"

ARGPARSE = (
    N_("options"), N_("positional arguments"), N_("show this help message and exit"),
)  # fmt: skip
"""What argparse says of itself, named so that the catalogue keeps it."""

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_spoken = CHINESE


def chosen(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> tuple[str, list[str]]:
    """The language asked for by ``--lang`` anywhere on the line, or by the environment.

    Also answers the arguments without ``--lang``. Chinese when nothing says.

    >>> chosen(["up", "--lang", "en"], {}), chosen(["up"], {"LANG": "zh_CN.UTF-8"})
    (('en', ['up']), ('zh_Hans', ['up']))
    """
    asked, rest = "", []
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            asked = next(words, "")
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
        else:
            rest.append(word)
    for name in ("ANLAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        asked = asked or environment.get(name, "")
    return (CHINESE if not asked or asked.lower().startswith("zh") else ENGLISH), rest


def speak(language: str) -> None:
    """Use this language from now on; untranslated English where no catalogue was compiled."""
    global _catalogue, _spoken
    _spoken = language
    _catalogue = (
        gettext.NullTranslations()
        if language == ENGLISH
        else gettext.translation("django", CATALOGUES, [language], fallback=True)
    )
    if language != ENGLISH:
        _catalogue.add_fallback(gettext.translation("django", HOUSE, [language], fallback=True))
    # argparse looks its own sentences up in its module; this is where they become Chinese too.
    setattr(argparse, "_", _catalogue.gettext)  # noqa: B010


def spoken() -> str:
    """The language in use, as the web framework names it."""
    return "en" if _spoken == ENGLISH else "zh-hans"


def _(message: str) -> str:
    return _catalogue.gettext(message)
