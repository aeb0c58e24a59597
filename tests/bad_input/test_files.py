"""Bad files at the command line: each its own clear sentence, and nothing loaded by halves."""

import json
import subprocess
import sys

import numpy as np
import pytest
import rasterio
from openpyxl import Workbook
from rasterio.transform import from_origin
from tests.lived_in import process
from tests.lived_in.house import BOTH

pytestmark = BOTH


@pytest.fixture(scope="module")
def home(files):
    return files("at-rest")


@pytest.fixture
def anlan(home):
    """Run the command line on the house: its exit code, all it said, the tables it changed."""

    def run(*arguments, language="en"):
        before = process.fingerprints(home)
        files_before = _listing(home / "territory")
        done = subprocess.run(
            [sys.executable, "-m", "anlan.portal.cli", *map(str, arguments), "--lang", language],
            env=process.environment(home), cwd=process.CHECKOUT, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        touched = process.changed(before, process.fingerprints(home))
        if _listing(home / "territory") != files_before:
            touched.add("files of the territory")
        return done.returncode, done.stdout + done.stderr, touched

    return run


def _listing(folder):
    return {path.name: path.stat().st_size for path in folder.iterdir()}


def height_model(path, crs, *, west=106.40, north=29.62, cell=0.0005, data=None):
    heights = np.full((40, 40), 250.0, dtype=np.float32) if data is None else data
    with rasterio.open(
        path, "w", driver="GTiff", width=heights.shape[1], height=heights.shape[0], count=1,
        dtype="float32", crs=crs, transform=from_origin(west, north, cell, cell),
    ) as file:  # fmt: skip
        file.write(heights, 1)
    return path


def outlines(path, *rings):
    """A GeoJSON of communities, whatever their rings look like."""
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name, "kind": "community"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code, name, ring in rings
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


BOW_TIE = [[106.44, 29.57], [106.46, 29.59], [106.46, 29.57], [106.44, 29.59], [106.44, 29.57]]
SQUARE = [[106.44, 29.57], [106.46, 29.57], [106.46, 29.59], [106.44, 29.59], [106.44, 29.57]]


def test_a_height_model_without_coordinates(anlan, tmp_path):
    code, said, touched = anlan("import", "dem", height_model(tmp_path / "heights.tif", None))
    assert (code, touched) == (1, set())
    assert "heights.tif" in said or "--crs" in said
    assert "coordinate" in said


def test_a_self_crossing_outline_is_named_by_its_row_and_place(anlan, tmp_path):
    path = outlines(
        tmp_path / "areas.geojson", ("500106004001", "金碧", SQUARE),
        ("500106004002", "金蓉", BOW_TIE),
    )  # fmt: skip
    code, said, touched = anlan("import", "areas", path)
    assert (code, touched) == (1, set())
    assert "2" in said
    assert "106.45" in said, "where it crosses itself"
    assert "areas.geojson" in said


def test_a_bad_line_of_a_table_is_named_by_its_number(anlan, tmp_path):
    book = Workbook()
    head = ["code", "area_code", "lon", "lat", "people", "needs_help", "name", "phone"]
    good = ["h-1", "500106004002", 106.4478, 29.5843, 3, "是", "王桂芳", "13800002207"]
    for line in (head, good, ["h-2", "500106004002", 106.4478, "北", -3, "是", "李", "1"]):
        book.active.append(line)
    book.save(tmp_path / "homes.xlsx")
    code, said, touched = anlan("import", "households", tmp_path / "homes.xlsx")
    assert (code, touched) == (1, set())
    assert "3" in said
    assert "homes.xlsx" in said
    assert "13800002207" not in said, "a refusal shows no telephone number"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("sites.geojson", "{", "sites.geojson"),
        ("sites.gpkg", "not a database", "sites.gpkg"),
        ("sites.zip", "not packed", "sites.zip"),
        ("sites.docx", "letters", "sites.docx"),
        ("heights.tif", "no picture", "heights.tif"),
    ],
)
def test_a_file_that_is_not_what_it_says(anlan, tmp_path, name, content, word):
    (tmp_path / name).write_text(content, "utf-8")
    kind = "dem" if name.endswith("tif") else "sites"
    code, said, touched = anlan("import", kind, tmp_path / name)
    assert (code, touched) == (1, set())
    assert word in said
    assert "Traceback" not in said


def test_a_file_that_is_not_there(anlan, tmp_path):
    code, said, touched = anlan("import", "sites", tmp_path / "nowhere.geojson")
    assert code in (1, 2)
    assert touched == set()
    assert "nowhere.geojson" in said
    assert "Traceback" not in said


def test_the_refusal_speaks_chinese(anlan, tmp_path):
    path = height_model(tmp_path / "heights.tif", None)
    code, said, touched = anlan("import", "dem", path, language="zh")
    assert (code, touched) == (1, set())
    assert "坐标" in said
    assert "没有改动" in said or "没有" in said


def test_a_self_crossing_outline_in_chinese(anlan, tmp_path):
    path = outlines(tmp_path / "areas.geojson", ("500106004002", "金蓉", BOW_TIE))
    code, said, touched = anlan("import", "areas", path, language="zh")
    assert (code, touched) == (1, set())
    assert "自相交" in said or "自交" in said or "交叉" in said
