"""What statements of a device's parts come to: what holds now, and whether there is fire.

The newest statement of a part counts. One of a whole system that is without fire ends the fire of
the system's parts, and so does a reset at the panel.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from anlan.protocols.gb26875 import FIRE, NORMAL, RESET
from anlan.vocabulary.notices import Notice, NoticeState

FIRE_RULE = "fire"


@dataclass(slots=True)
class Part:
    """What holds of a part since `at`; `codes` is empty where it is as it should be."""

    at: datetime
    codes: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything stated of one part at one moment; `reset` where the panel was reset then."""

    part: str
    at: datetime
    codes: tuple[str, ...]
    words: str
    reset: bool


def statements(notices: Iterable[Notice]) -> Iterator[Said]:
    """The statements in the order of their times, and of their coming within a moment."""
    numbered = sorted(enumerate(notices), key=lambda pair: (pair[1].at, pair[0]))
    in_order = [n for _number, n in numbered if n.state is not NoticeState.EVENT or n.code == RESET]
    for (at, part, event), group in groupby(
        in_order, key=lambda n: (n.at, n.part, n.state is NoticeState.EVENT)
    ):
        said = list(group)
        codes = () if event else tuple(sorted({n.code for n in said if n.code != NORMAL}))
        yield Said(part, at, codes, said[0].words, event)


def take(parts: dict[str, Part], said: Said) -> set[str]:
    """Bring the parts up to date by one statement; which of them it changed."""
    changed: set[str] = set()
    if not said.reset:
        known = parts.get(said.part)
        if known is not None and known.at > said.at:
            return changed
        words = said.words or (known.words if known else "")
        parts[said.part] = Part(said.at, said.codes, words)
        changed.add(said.part)
    if FIRE not in said.codes:
        changed |= _end_fire(parts, said)
    return changed


def _end_fire(parts: dict[str, Part], said: Said) -> set[str]:
    within = f"{said.part}/" if said.part else ""
    ended: set[str] = set()
    for name, part in parts.items():
        inside = name == said.part or (name.startswith(within) and "/" not in said.part)
        if inside and FIRE in part.codes and part.at <= said.at:
            part.codes = tuple(code for code in part.codes if code != FIRE)
            part.at = said.at
            ended.add(name)
    return ended


def burning(parts: dict[str, Part]) -> list[tuple[str, Part]]:
    """The parts that state a fire, the first of them first."""
    found = [(name, part) for name, part in parts.items() if FIRE in part.codes]
    return sorted(found, key=lambda pair: (pair[1].at, pair[0]))
