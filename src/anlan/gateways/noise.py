"""Noise from one address must not fill the disk."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from anlan.vocabulary.frames import BadFrame, Line


@dataclass(slots=True)
class Noise:
    """What is kept of bad frames: so many of one address in a minute; `unkept` counts the rest."""

    kept_per_minute: int
    unkept: int = 0
    _minute: int = -1
    _kept: Counter[str] = field(default_factory=Counter)

    def lines(self, lines: tuple[Line, ...], thanked: bool, host: str) -> Iterator[Line]:
        """What is kept of one message. The first doubt of a thanked one is no noise."""
        doubted = not thanked
        for line in lines:
            if isinstance(line, BadFrame):
                if doubted and not self._may_keep(host):
                    continue
                doubted = True
            yield line

    def _may_keep(self, host: str) -> bool:
        minute = int(asyncio.get_running_loop().time() // 60)
        if minute != self._minute:
            self._minute = minute
            self._kept.clear()
        self._kept[host] += 1
        kept = self._kept[host] <= self.kept_per_minute
        self.unkept += not kept
        return kept
