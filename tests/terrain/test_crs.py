"""Coordinates against facts that do not come from this code."""

import json
from pathlib import Path

import numpy as np
import pytest

from anlan.terrain import crs

BOUNDARIES = Path(__file__).parents[2] / "../shared/geodata/boundaries"


def test_the_central_meridian_lies_at_half_a_million_metres() -> None:
    x, y = crs.to_metric(105.0, 29.5)
    assert x == pytest.approx(500000.0, abs=1e-6)
    # length of the meridian arc from the equator on GRS 80, by its series
    assert y == pytest.approx(3264765.0, abs=150.0)


def test_metres_and_degrees_are_each_other_s_inverse() -> None:
    lon, lat = np.array([106.25, 106.4475, 106.53]), np.array([29.49, 29.58, 29.75])
    back = crs.to_geographic(*crs.to_metric(lon, lat))
    assert np.abs(back[0] - lon).max() < 1e-9
    assert np.abs(back[1] - lat).max() < 1e-9


def test_gcj02_is_shifted_as_measured_at_shapingba() -> None:
    """About +0.00398 of longitude and -0.00254 of latitude, measured on published outlines."""
    lon, lat = crs.cgcs2000_to_gcj02([106.30, 106.37, 106.45], [29.55, 29.62, 29.58])
    assert np.asarray(lon) - [106.30, 106.37, 106.45] == pytest.approx(0.00398, abs=2e-4)
    assert np.asarray(lat) - [29.55, 29.62, 29.58] == pytest.approx(-0.00254, abs=2e-4)


@pytest.mark.parametrize(
    ("true", "shown"),
    [
        # the pairs that eviltransform's tests and coordtransform's manual publish
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_gcj02_agrees_with_published_pairs_both_ways(
    true: tuple[float, float], shown: tuple[float, float]
) -> None:
    assert crs.cgcs2000_to_gcj02(*true) == pytest.approx(shown, abs=1e-9)
    assert crs.gcj02_to_cgcs2000(*shown) == pytest.approx(true, abs=1e-9)


def test_the_inverse_of_gcj02_is_exact() -> None:
    random = np.random.default_rng(3)
    lon, lat = random.uniform(75, 130, 2000), random.uniform(20, 50, 2000)
    back = crs.gcj02_to_cgcs2000(*crs.cgcs2000_to_gcj02(lon, lat))
    assert np.abs(back[0] - lon).max() < 1e-10
    assert np.abs(back[1] - lat).max() < 1e-10


@pytest.mark.skipif(not BOUNDARIES.exists(), reason="the shared outlines are not at hand")
def test_the_published_outline_is_converted_alike() -> None:
    def outline(name: str) -> np.ndarray:
        data = json.loads((BOUNDARIES / name).read_text(encoding="utf-8"))
        return np.array(data["features"][0]["geometry"]["coordinates"][0][0])

    ours = crs.gcj02_to_cgcs2000(*outline("shapingba_500106_gcj02.geojson").T[:2])
    theirs = outline("shapingba_500106_wgs84.geojson")
    assert np.abs(np.stack(ours, axis=1) - theirs[:, :2]).max() < 2e-6
