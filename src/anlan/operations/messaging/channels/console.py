"""The console: one JSON line a message in the data folder. Stands in for SMS in exercises.

Carries Exercise and Test only: an Actual message written to a file has reached nobody. The line
shows the masked name, never the address.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from anlan.operations.messaging.channels.contract import Letter, Outcome, Result
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

FOLDER, FILE = "messages", "console.jsonl"


class Console:
    """Appends to ``messages/console.jsonl``."""

    name = "console"
    batch = 1000
    per_minute: int | None = None

    @property
    def standings(self) -> frozenset[Standing]:
        return frozenset({Standing.EXERCISE, Standing.TEST})

    def send(self, letters: Sequence[Letter]) -> list[Outcome]:
        at = clock.now().isoformat()
        lines = [
            json.dumps(
                {"at": at, "id": letter.id, "to": letter.label, "standing": letter.standing,
                 "text": letter.text, "link": letter.link},
                ensure_ascii=False,
            )
            for letter in letters
        ]  # fmt: skip
        folder = Path(settings.ANLAN_HOME) / FOLDER
        folder.mkdir(exist_ok=True, mode=0o700)
        with (folder / FILE).open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n")
        return [Outcome(letter.id, Result.SENT) for letter in letters]


CONSOLE = Console()
