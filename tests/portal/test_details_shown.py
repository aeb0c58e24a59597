"""What stands folded on a page can be unfolded, on a desk as on a phone: no sheet hides it."""

import re
from pathlib import Path

import anlan

SOURCE = Path(anlan.__file__).parent
SHEETS = Path(__file__).parents[2] / "web/src/css"
RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
DETAILS = re.compile(r'<details\b[^>]*?\bclass="([^"]*)"')


def _folded():
    """The classes of the details elements of all pages."""
    pages = [page.read_text() for page in SOURCE.rglob("templates/**/*.html")]
    return {name for page in pages for names in DETAILS.findall(page) for name in names.split()}


def _hides(selector, name):
    """Whether the selector, without what it only asks of others, means the class's element."""
    meant = re.sub(r":(not|has)\((?:[^()]|\([^()]*\))*\)", "", selector)
    last = re.split(r"[\s>+~]+(?![^()]*\))", meant.strip())[-1]
    return "::" not in last and re.search(rf"\.{re.escape(name)}(?![\w-])", last)


def test_no_style_hides_what_pages_fold():
    folded, hidden = _folded(), []
    assert {"al-more", "al-step", "al-fold"} <= folded
    for sheet in sorted(SHEETS.rglob("*.css")):
        for selectors, body in RULE.findall(
            re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        ):
            if re.search(r"(display:\s*none|visibility:\s*hidden)", body):
                hidden += [
                    (sheet.name, one.strip(), name)
                    for one in re.split(r",(?![^()]*\))", selectors)
                    for name in folded
                    if _hides(one, name)
                ]
    assert hidden == []
