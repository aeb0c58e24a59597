from dataclasses import replace

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import load_district_files, register_stations
from anlan.operations.sensing.actions.register import BadStation
from anlan.operations.sensing.models import Station
from anlan.operations.sensing.queries import directory, elements, station, stations, thresholds

from .conftest import CIQIKOU, DEVICE, GUARANTEE, WARNING

pytestmark = pytest.mark.django_db(databases="__all__")

FILE = """
[[station]]
code = "beibei"
name = "北碚（三）"
kind = "stage"
device = "5001090001"
password = 1
lon = 106.43
lat = 29.83
area_code = "500109"
serves = "500106"
interval_s = 3600
datum = "yellow_sea"
offset_m = 1.59
elements = ["stage", "discharge"]
    [[station.threshold]]
    element = "stage"
    kind = "warning"
    value = 194.50
    datum = "yellow_sea"
    level = 3
    valid_from = 2010-01-01
"""


def test_a_district_file_is_read_twice_and_stands_once(tmp_path):
    (tmp_path / "stations.toml").write_text(FILE, encoding="utf-8")
    assert load_district_files(PLATFORM, tmp_path) == 1
    assert load_district_files(PLATFORM, tmp_path) == 1
    (row,) = stations(kind="stage")
    assert (row.code, row.serves, row.datum, row.offset_m) == (
        "beibei", "500106", "yellow_sea", 1.59,
    )  # fmt: skip
    assert elements("beibei") == ["stage", "discharge"]
    assert {d: row.password for d, row in directory("sl651").items()} == {"5001090001": 1}
    assert directory("hj212") == {}
    assert load_district_files(PLATFORM, tmp_path / "nowhere") == 0


def test_thresholds_are_given_in_both_datums():
    register_stations(PLATFORM, [CIQIKOU], [WARNING, GUARANTEE])
    warning, guarantee = sorted(thresholds("ciqikou"), key=lambda row: -row.value)[::-1]
    shown = {row.kind: (row.in_datum("wusong"), row.in_datum("yellow_sea"))
             for row in (warning, guarantee)}  # fmt: skip
    assert shown["warning"] == pytest.approx((182.64, 181.00))
    assert shown["guarantee"] == pytest.approx((185.64, 184.00))
    assert station("nowhere") is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"datum": ""}, "needs its datum"),
        ({"elements": ("stage", "colour")}, "unknown element"),
        ({"interval_s": 0}, "interval"),
    ],
)
def test_a_station_that_says_too_little_is_refused(fault, words):
    with pytest.raises(BadStation, match=words):
        register_stations(PLATFORM, [replace(CIQIKOU, **fault)], [])
    assert not Station.objects.exists()


@pytest.mark.parametrize(
    ("station_fault", "rule_fault", "words"),
    [
        ({"offset_m": None}, {"datum": "yellow_sea"}, "no offset"),
        ({}, {"datum": ""}, "no datum"),
        ({}, {"element": "rain_hour"}, "has no rain_hour"),
        ({}, {"duration_s": 9000}, "duration"),
    ],
)
def test_a_threshold_that_cannot_be_compared_is_refused_with_its_station(
    station_fault, rule_fault, words
):
    with pytest.raises(BadStation, match=words):
        register_stations(
            PLATFORM, [replace(CIQIKOU, **station_fault)], [replace(WARNING, **rule_fault)]
        )
    assert not Station.objects.filter(device=DEVICE).exists()
