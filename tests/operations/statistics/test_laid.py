"""How the figures at the head of the board are laid."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db(databases="__all__")
RULES = Path(__file__).parents[3] / "web" / "src" / "css" / "parts.css"
LAID = re.compile(
    r"\.al-nums-even(?::has\(> :last-child:nth-child\((\d)n \+ 1\)\))?"
    r" \{[^}]*?columns: repeat\((\d),"
)


def test_no_figure_stands_alone_in_the_last_line_on_a_wide_screen_nor_on_a_phone(dangers, browsers):
    page = browsers["officer"].get("/statistics").content.decode()
    head = page.partition('class="al-nums al-nums-even">')[2].partition("<section")[0]
    figures = head.count("<div><span>")
    assert figures == 11
    wide, more, narrow = LAID.findall(RULES.read_text(encoding="utf-8"))
    assert more[0] == wide[1], "where one would be alone in a wide line, a column more"
    columns = int(more[1] if figures % int(wide[1]) == 1 else wide[1])
    assert figures % columns != 1
    assert figures % int(narrow[1]) != 1
