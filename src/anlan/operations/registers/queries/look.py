"""What a file of rows would do, or did: counts, and cell by cell what is wrong with the others."""

import json
from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Look:
    """Rows by what comes of them; `faults`: line (as in Excel, from 1), column, text, why;
    `missing`: columns that the file has not."""

    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    faults: list[tuple[int, str, str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return self.new + self.changed > 0

    def count(self, outcome: str) -> None:
        """One more row that is new, changed or same."""
        setattr(self, outcome, getattr(self, outcome) + 1)

    def refuse(self, line: int, column: str, text: str, why: str) -> None:
        self.faults.append((line, column, text, why))

    def written(self) -> str:
        """As it is kept until it is looked at."""
        said = asdict(self)
        said["wrong"] = len({one[0] for one in self.faults})
        said["faults"] = sorted(self.faults)
        return json.dumps(said, ensure_ascii=False)


def read_look(text: str) -> Look:
    said = json.loads(text)
    said["faults"] = [tuple(one) for one in said["faults"]]
    return Look(**said)
