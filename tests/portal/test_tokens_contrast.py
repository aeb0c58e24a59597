"""Every pair of text and ground in the tokens meets WCAG 2 AA, dark and light."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "web" / "src" / "css"
THEMES = ("light", "dark")
TEXT, LARGE_OR_GRAPHIC = 4.5, 3.0
LEVELS, STATES = (1, 2, 3, 4), ("wait", "doing", "done", "late", "stopped")

GROUNDS = ("canvas", "surface", "raised")
PAIRS = [
    *((ink, g) for ink in ("ink", "ink-2", "ink-3", "jade", "late", "stale") for g in GROUNDS),
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("sunken", "hover", "selected")),
    ("jade-strong", "selected"), ("jade-strong", "jade-soft"), ("ink", "jade-soft"),
    ("on-jade", "jade"), ("on-jade", "jade-strong"), ("on-late", "late"),
    ("ink-3", "sunken"), ("ink", "wait-soft"), ("ink", "stopped-soft"),
    *((state, f"{state}-soft") for state in STATES),
    *((f"alert-{n}-on", f"alert-{n}") for n in LEVELS),
    *((f"alert-{n}-text", g) for n in LEVELS for g in (f"alert-{n}-soft", "canvas", "surface")),
    *((ink, f"alert-{n}-soft") for n in LEVELS for ink in ("ink", "ink-2")),
    *((f"heat-{n}-on", f"heat-{n}") for n in (1, 2, 3)),
    *((f"risk-{n}-on", f"risk-{n}") for n in LEVELS),
    ("map-label", "map-land"), ("map-label-2", "map-land"), ("map-marker-ink", "map-marker"),
]  # fmt: skip
EDGES = [
    *(("line-strong", ground) for ground in ("canvas", "surface")),
    *(("focus", ground) for ground in ("canvas", "surface", "sunken")),
]


def tokens(theme):
    text = (CSS / "tokens.css").read_text("utf-8")
    blocks = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    found = {}
    for selector, body in blocks:
        if f"[data-theme={theme}]" in selector:
            found |= dict(re.findall(r"--al-([\w-]+):([^;]+)", body))
    return found


def rgb(value):
    digits = value.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    assert re.fullmatch(r"[0-9a-fA-F]{6}", digits), f"{value} is not a plain colour"
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(value):
    """WCAG 2.2, relative luminance."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(value)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_knows_black_on_white_and_the_grey_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(theme, ink, ground):
    found = tokens(theme)
    assert contrast(found[ink], found[ground]) >= TEXT, (theme, ink, ground)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_borders_of_controls_and_the_focus_can_be_seen(theme, edge, ground):
    found = tokens(theme)
    assert contrast(found[edge], found[ground]) >= LARGE_OR_GRAPHIC


@pytest.mark.parametrize(("theme", "falls"), [("light", True), ("dark", False)])
def test_depth_runs_one_way_in_lightness(theme, falls):
    found = tokens(theme)
    steps = [luminance(found[f"depth-{n}"]) for n in range(1, 6)]
    assert steps == sorted(steps, reverse=falls)
    ratios = [contrast(found[f"depth-{n}"], found[f"depth-{n + 1}"]) for n in range(1, 5)]
    assert min(ratios) > 1.25, "neighbouring classes must be told apart without colour"


@pytest.mark.parametrize("theme", THEMES)
def test_both_themes_define_every_colour(theme):
    light, dark = (set(tokens(one)) for one in THEMES)
    assert light == dark


def test_the_exercise_band_can_be_read_and_holds_no_level_colour():
    text = (CSS / "base.css").read_text("utf-8")
    band = text[text.index(".al-exercise") : text.index(".al-lost")]
    assert contrast("#ffffff", "#2c3733") >= TEXT
    assert contrast("#10201c", "#dfe6e3") >= TEXT
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", band)) == {"#2c3733", "#fff", "#dfe6e3", "#10201c"}


def test_no_style_sheet_brings_colours_of_its_own():
    for path in sorted(CSS.rglob("*.css")):
        if path.name in {"tokens.css", "base.css"}:
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        raw = [c for c in re.findall(r"#[0-9a-fA-F]{3,8}\b", text) if c not in {"#000", "#fff"}]
        assert not raw, f"{path.name}: {raw}: use a token"
