"""What the registers of this room have in common and where they differ: one book each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anlan.operations.chemicals.models import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A register's entries as actions keep them.

    `said`: the fields that a version holds; `named`: those by which a file finds an entry;
    `parent`: the field of the entry that this one belongs to. `settle` checks an entry before it is
    saved and fills in what follows from the rest; `after` puts right, once it is saved, what hangs
    on it (books, desk), by the name of who did it. Both raise `Refused`.
    """

    kind: str
    model: type[Record]
    said: tuple[str, ...]
    named: tuple[str, ...]
    settle: Callable[[Any], None]
    after: Callable[[Any, str], None]
    parent: str = ""

    def values(self, record: Record) -> Mapping[str, Any]:
        """What an entry says now."""
        return {key: getattr(record, key) for key in self.said}
