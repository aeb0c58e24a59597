"""The table of docs/models/flood.md: rows that the tests measured, written when they are asked."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hazards.flood import plain

PAGE = Path(__file__).parents[3] / "docs/models/flood.md"
START, END = "<!-- measured -->", "<!-- end of measured -->"
_rows: list[tuple[str, str, str, str]] = []


@pytest.fixture(scope="session")
def table() -> Callable[[str, str, str, str], None]:
    """Leave one row: case, scheme, what was measured, what is allowed."""
    return lambda *row: _rows.append(row)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten rows and twelve columns of ten metres as a case file with its raster and series."""
    return plain.lay_out(tmp_path)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if os.environ.get("ANLAN_FLOOD_TABLE") and _rows and exitstatus == 0:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
        table, _, after = rest.partition(END)
        lines = ["| case | scheme | measured | allowed |", "|---|---|---|---|"]
        known = [line.strip("| ").split(" | ") for line in table.splitlines() if "|" in line][2:]
        # a run of some of the tests renews their rows only
        rows = {tuple(row[:2]): tuple(row) for row in known} | {row[:2]: row for row in _rows}
        lines += ["| " + " | ".join(row) + " |" for row in rows.values()]
        body = "\n".join([START, *lines, END])
        PAGE.write_text(before + body + after, encoding="utf-8")
