"""The district's book of alerts, read once from its folder."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from anlan import districts
from anlan.operations.alerts.rules.book import Book, book_from

FILE = "alerts.toml"


class NoBook(LookupError):
    """The district has no alerts.toml."""


def book() -> Book:
    """The book of the installation's district. Raises `NoBook`, `KeyError`, `ValueError`."""
    return _read(settings.ANLAN_DISTRICT)


@lru_cache(maxsize=4)
def _read(district: str) -> Book:
    path = Path(next(iter(districts.__path__))) / district / FILE
    if not path.exists():
        raise NoBook(f"{district} has no {FILE}")
    return book_from(tomllib.loads(path.read_text(encoding="utf-8")))
