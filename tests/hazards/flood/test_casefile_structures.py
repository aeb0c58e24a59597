"""Soils and structures of a case file; whatever is wrong in them is refused by name."""

from pathlib import Path

import numpy as np
import pytest
from tests.hazards.flood.plain import changed, raster

from anlan.hazards.flood.casefile import RefusedCase, read_case

STRUCTURES = """
[[culvert]]
name = "under the road"
from = [500055, 3270055]
to = [500095, 3270055]
diameter_m = 1.2
length_m = 30
invert_m = 2.5
invert_to_m = 2.6
n = 0.015
barrels = 2
one_way = true
[[weir]]
from = [500005, 3270015]
crest_m = 3.1
width_m = 6
outside_series = "outside.csv"
[[gate]]
from = [500015, 3270015]
sill_m = 2.0
width_m = 3
series = "opening.csv"
[[pump]]
name = "Ciqikou pumps"
from = [500025, 3270015]
on_m = 3.0
off_m = 2.6
curve = "pump.csv"
outlet_m = 5
[output]"""


@pytest.fixture
def built(folder: Path) -> Path:
    """The same with a culvert, a weir, a gate and a pump."""
    (folder / "outside.csv").write_text("hours,outside_m\n0,2.9\n1,3.4\n")
    (folder / "opening.csv").write_text("minutes,opening_m\n0,0\n30,0\n60,0.5\n")
    (folder / "pump.csv").write_text("head_m,discharge_m3s\n0,1.5\n4,1.0\n6,0\n")
    changed(folder, "[output]", STRUCTURES)
    return folder


def test_structures_are_read_with_their_ends(built: Path) -> None:
    asked = read_case(built / "case.toml")
    culvert, weir, gate, pump = asked.case.links
    assert (culvert.cell, culvert.to) == ((4, 5), (4, 9))
    assert (culvert.height_m, culvert.width_m, culvert.barrels) == (1.2, None, 2)
    assert (culvert.manning, culvert.entry_loss, culvert.one_way) == (0.015, 0.5, True)
    assert (weir.to, weir.outside_m.value.tolist(), weir.coefficient) == (None, [2.9, 3.4], 1.705)
    assert gate.opening_m.value.tolist() == [0.0, 0.0, 0.5]
    assert (pump.capacity.head_m.tolist(), pump.outlet_m) == ([0.0, 4.0, 6.0], 5.0)
    assert asked.structures == ("under the road", "weir[0]", "gate[0]", "Ciqikou pumps")
    told = "\n".join(str(use) for use in asked.uses)
    assert "under the road: from row 4, column 5 to row 4, column 9" in told
    assert "Ciqikou pumps: out of row 8, column 2 and of the grid" in told


BUILT_SLIPS = {
    "a culvert without size": ("diameter_m = 1.2\n", "", "culvert[0]: needs exactly one of diam"),
    "a culvert of two sizes": ("diameter_m = 1.2", "diameter_m = 1.2\nheight_m = 1",
                               "culvert[0].height_m: unknown key"),
    "an end outside": ("[500095, 3270055]", "[500195, 3270055]",
                       "culvert[0].to: 500195.0, 3270055.0 lies outside"),
    "both ends in one cell": ("[500095, 3270055]", "[500052, 3270052]",
                              "culvert[0]: does not fit together: a link ends in another cell"),
    "a level where the other end is a cell": ("diameter_m = 1.2", "diameter_m = 1.2\noutside_m = 1",
                                              "culvert[0].outside_m: unknown key"),
    "a flag that is a word": ("one_way = true", 'one_way = "yes"', "'yes' is neither true nor"),
    "a pump that stops above its start": ("off_m = 2.6", "off_m = 3.6",
                                          "pump[0]: does not fit together: a pump stops lower"),
    "an outlet that counts for nothing": ('curve = "pump.csv"', "capacity_m3s = 1",
                                          "the outlet of a pump counts only with a curve"),
    "two of one name": ('name = "Ciqikou pumps"', 'name = "under the road"',
                        "two structures are called under the road"),
}  # fmt: skip


@pytest.mark.parametrize("slip", BUILT_SLIPS)
def test_a_slip_in_a_structure_is_refused_with_its_key(built: Path, slip: str) -> None:
    old, new, said = BUILT_SLIPS[slip]
    changed(built, old, new)
    with pytest.raises(RefusedCase) as refusal:
        read_case(built / "case.toml")
    assert said in str(refusal.value)


def test_a_curve_or_an_opening_that_cannot_be_meant_is_refused(built: Path) -> None:
    (built / "pump.csv").write_text("head_m,discharge_m3s\n0,1.5\n4,1.9\n")
    with pytest.raises(RefusedCase, match=r"pump\[0\].curve: .*over a pump's rising"):
        read_case(built / "case.toml")
    (built / "pump.csv").write_text("head_m,discharge_ls\n0,1.5\n")
    with pytest.raises(RefusedCase, match="needs the columns head_m and discharge_m3s"):
        read_case(built / "case.toml")
    (built / "opening.csv").write_text("minutes,opening_m\n0,0\n30,-1\n60,0.5\n")
    with pytest.raises(RefusedCase, match=r"opening.csv, line 3: -1 is negative"):
        read_case(built / "case.toml")


@pytest.fixture
def two_uses(folder: Path) -> Path:
    """The same with a land use: 1 in the west, 2 in the east."""
    use = np.ones((10, 12))
    use[:, 6:] = 2
    raster(folder / "use.tif", use)
    return folder


def soil(folder: Path, text: str) -> None:
    changed(folder, "[rain]", f"[infiltration]\n{text}\n[rain]")


def test_infiltration_is_a_number_a_raster_or_by_land_use(two_uses: Path) -> None:
    raster(two_uses / "suction.tif", np.full((10, 12), 0.11))
    soil(two_uses, 'kind = "green-ampt"\nland_use = "use.tif"\nsuction_m = "suction.tif"\n'
         "conductivity_mm_h = { 1 = 10, 2 = 0 }\ndeficit = 0.3")  # fmt: skip
    asked = read_case(two_uses / "case.toml")
    taken = asked.case.infiltration
    assert (taken.conductivity_mm_h[3, 0], taken.conductivity_mm_h[3, 9]) == (10.0, 0.0)
    assert (taken.suction_m[3, 3], taken.deficit) == (np.float32(0.11), 0.3)
    told = "\n".join(str(use) for use in asked.uses)
    assert "infiltration.conductivity_mm_h: 0 to 10" in told
    assert "suction.tif: 0.11 to 0.11" in told


def test_the_other_soils_are_read_too(two_uses: Path) -> None:
    soil(two_uses, 'kind = "curve-number"\nland_use = "use.tif"\nnumber = { 1 = 75, 2 = 98 }')
    taken = read_case(two_uses / "case.toml").case.infiltration
    assert (taken.number[0, 0], taken.number[0, 8], taken.abstraction) == (75.0, 98.0, 0.2)
    changed(two_uses, "{ 1 = 75, 2 = 98 }", "80\nabstraction = 0.05")
    changed(two_uses, 'land_use = "use.tif"\n', "")
    assert read_case(two_uses / "case.toml").case.infiltration.abstraction == 0.05
    changed(two_uses, 'kind = "curve-number"', 'kind = "constant"')
    changed(two_uses, "number = 80\nabstraction = 0.05", "mm_h = 4")
    assert read_case(two_uses / "case.toml").case.infiltration.mm_h == 4.0


SOILS = {
    "no kind of ours": ('kind = "horton"', "infiltration.kind: 'horton' is none of"),
    "a rate below nothing": ('kind = "constant"\nmm_h = -1', "mm_h: -1 is less than 0"),
    "a key of another kind": ('kind = "constant"\nmm_h = 1\ndeficit = 0.1', "deficit: unknown key"),
    "a missing value": ('kind = "green-ampt"\ndeficit = 0.1', "conductivity_mm_h: is needed"),
    "a deficit in percent": ('kind = "green-ampt"\nconductivity_mm_h = 1\nsuction_m = 0.1\n'
                             "deficit = 30", "infiltration.deficit: 30 is more than 1"),
    "a table without land use": ('kind = "constant"\nmm_h = { 1 = 1, 2 = 2 }',
                                 "infiltration.land_use: is needed"),
    "a land use for nothing": ('kind = "constant"\nland_use = "use.tif"\nmm_h = 1',
                               "infiltration.land_use: is used for nothing"),
    "a land use without value": ('kind = "constant"\nland_use = "use.tif"\nmm_h = { 1 = 1 }',
                                 "infiltration.mm_h: land use 2 (row 0, column 6) has no value"),
    "a value without land use": ('kind = "constant"\nland_use = "use.tif"\n'
                                 "mm_h = { 1 = 1, 2 = 2, 3 = 3 }", "mm_h.3: no cell has this"),
    "a raster too high": ('kind = "curve-number"\nnumber = "cn.tif"',
                          "cn.tif, row 0, column 0: 120 cannot be number"),
}  # fmt: skip


@pytest.mark.parametrize("slip", SOILS)
def test_a_soil_that_cannot_be_meant_is_refused(two_uses: Path, slip: str) -> None:
    text, said = SOILS[slip]
    raster(two_uses / "cn.tif", np.full((10, 12), 120.0))
    soil(two_uses, text)
    with pytest.raises(RefusedCase) as refusal:
        read_case(two_uses / "case.toml")
    assert said in str(refusal.value)


def test_a_curve_number_without_rain_is_refused(two_uses: Path) -> None:
    soil(two_uses, 'kind = "curve-number"\nnumber = 80')
    changed(two_uses, "[rain]\nrain_mm_h = 20\n", "")
    with pytest.raises(RefusedCase, match="takes from rain, and there is none"):
        read_case(two_uses / "case.toml")


def houses(folder: Path, name: str, x0: float, y0: float, side: float) -> None:
    """One square building, its lower left corner and side in metres from the ground's corner."""
    x, y = 500000 + x0, 3270000 + y0
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    (folder / name).write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
        '"urn:ogc:def:crs:EPSG::4544"}},"features":[{"type":"Feature","properties":{},"geometry":'
        f'{{"type":"Polygon","coordinates":[{ring}]}}}}]}}'
    )


def test_buildings_are_porous_beside_blocked_ones(folder: Path) -> None:
    houses(folder, "town.geojson", 25, 25, 20)
    houses(folder, "tower.geojson", 60, 60, 10)
    both = ('[[buildings]]\nfile = "town.geojson"\nas = "porous"\npassage = 0.5\n'
            '[[buildings]]\nfile = "tower.geojson"\nas = "blocked"\n[roughness]')  # fmt: skip
    changed(folder, "[roughness]", both)
    asked = read_case(folder / "case.toml")
    share = asked.case.porosity.storage
    # 20 m from 25 m on: a quarter of the corner cells, half of those beside, all of the middle one
    assert share[5:8, 2:5].tolist() == [[0.75, 0.5, 0.75], [0.5, 0.0, 0.5], [0.75, 0.5, 0.75]]
    assert asked.case.porosity.passage[5, 2] == 0.375
    assert (share[0, 0], asked.case.porosity.passage[0, 0]) == (1.0, 1.0)
    assert np.argwhere(np.isnan(asked.case.grid.z)).tolist() == [[0, 11], [3, 6], [6, 3]]
    told = "\n".join(str(use) for use in asked.uses)
    assert "porous buildings on 9 cells, 56% of them open; 1 cells are built up" in told
    changed(folder, '"godunov"', '"inertial"')
    with pytest.raises(RefusedCase, match="local inertial scheme knows no porous buildings"):
        read_case(folder / "case.toml")
    houses(folder, "town.geojson", -50, 25, 20)
    with pytest.raises(RefusedCase, match=r"town.geojson: covers no cell"):
        read_case(folder / "case.toml")
