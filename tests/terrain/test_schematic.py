"""Terrain from facts: the facts are met, the rest is believable, and it never changes."""

import numpy as np
import pytest

from anlan.terrain.crs import to_metric
from anlan.terrain.schematic import BadFacts, SchematicFacts, build

MADE = {
    "extent": [634000, 3268000, 644000, 3278000],
    "cell_m": 20,
    "background_m": 270,
    "seed": 7,
    "hills_m": 15,
    "ridges": [{"name": "Gele", "points": [[106.40, 29.54, 680], [106.415, 29.61, 690]]}],
    "valleys": [
        {"name": "Qingshui", "points": [[106.425, 29.54, 230], [106.435, 29.60, 215]],
         "half_width_m": 700}
    ],
    "rivers": [
        {"name": "Jialing",
         "points": [[106.455, 29.61, 159, 178, 480], [106.455, 29.54, 158, 177, 460]]}
    ],
    "terraces": [
        {"name": "Ciqikou", "front_m": 180, "back_m": 195,
         "outline": [[106.4485, 29.575], [106.452, 29.575], [106.452, 29.585], [106.4485, 29.585]]}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def facts() -> SchematicFacts:
    return SchematicFacts.from_mapping(MADE)


def height(facts: SchematicFacts, lon: float, lat: float) -> float:
    return float(build(facts).sample(*to_metric(lon, lat)))


def test_the_stated_heights_are_met(facts: SchematicFacts) -> None:
    assert height(facts, 106.4075, 29.575) == pytest.approx(685.0, abs=50.0)
    assert height(facts, 106.430, 29.570) == pytest.approx(222.5, abs=12.0)
    assert height(facts, 106.455, 29.575) == pytest.approx(158.5, abs=0.3)
    assert 178.0 <= height(facts, 106.4500, 29.580) <= 197.0


def test_the_river_lies_between_banks_that_hold_it(facts: SchematicFacts) -> None:
    grid = build(facts)
    x, y = to_metric(106.455, 29.57)
    line = grid.sample(float(x) + np.arange(-700, 701, 20.0), np.full(71, float(y)))
    channel = line < 177.0
    assert 400.0 <= channel.sum() * 20.0 <= 520.0
    assert (np.diff(np.flatnonzero(channel)) == 1).all()


def test_the_same_facts_give_the_same_bits(facts: SchematicFacts) -> None:
    assert build(facts).z.tobytes() == build(facts).z.tobytes()
    other = SchematicFacts.from_mapping(MADE | {"seed": 8})
    assert build(facts).z.tobytes() != build(other).z.tobytes()
    assert np.isfinite(build(facts).z).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seed": None}, "seed"),
        ({"hight": 3}, "unknown hight"),
        ({"extent": [106.2, 29.4, 106.5, 29.7]}, "degrees"),
        ({"cell_m": -20}, "positive"),
        ({"ridges": [{"name": "x", "points": [[106.4, 29.5, 600]]}]}, "at least 2"),
        ({"ridges": [{"name": "x", "points": [[29.5, 106.4, 1], [29.6, 106.4, 1]]}]}, "in China"),
        ({"rivers": [{"name": "x", "points": [[106.4, 29.5, 180, 170, 400]] * 2}]}, "bed_m"),
        ({"terraces": [MADE["terraces"][0] | {"front_m": 200}]}, "front_m"),  # type: ignore[index]
    ],
)
def test_a_wrong_fact_is_named(change: dict[str, object], says: str) -> None:
    with pytest.raises(BadFacts, match=says):
        SchematicFacts.from_mapping(MADE | change)
