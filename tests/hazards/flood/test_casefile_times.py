"""What a case file says in time: maps of rain, dates in series, snapshots, the start."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from tests.hazards.flood.plain import changed

from anlan.hazards.flood.casefile import RefusedCase, read_case

DAY = "since 2020-08-19T08:00:00+08:00"  # when the plain case starts


def maps(
    folder: Path, times: list[float], unit: str, every: str = "", bounds: bool = False
) -> None:
    """Maps of 1, 2, 3 … mm/h; the plain case lasts an hour."""
    values = np.arange(1.0, len(times) + 1)[:, None, None] * np.ones((1, 10, 12))
    about = {"units": unit, **({"bounds": "time_bnds"} if bounds else {})}
    made = xr.Dataset(
        {"rain": (("time", "y", "x"), values.astype(np.float32), {"units": "mm h-1"})},
        coords={"y": 3270095.0 - 10.0 * np.arange(10), "x": 500005.0 + 10.0 * np.arange(12),
                "time": ("time", np.array(times), about)},
    )  # fmt: skip
    if bounds:
        lasts = times[1] - times[0]
        made["time_bnds"] = (("time", "nv"), np.array([[at - lasts, at] for at in times]))
    made.to_netcdf(folder / "rain.nc", engine="scipy")
    changed(folder, "rain_mm_h = 20", f'maps = "rain.nc"\n{every}')


def read_times(folder: Path) -> tuple[list[float], float]:
    rain = read_case(folder / "case.toml").case.rain
    assert rain is not None
    return rain.mm_h.t_s.tolist(), rain.mm_h.until_s


@pytest.mark.parametrize(
    ("times", "unit"),
    [([0, 1800], f"seconds {DAY}"), ([0, 0.5], "hours since 2020-08-19 00:00:00"),
     ([0, 30], "minutes"), ([1440, 1470], "minutes since 2020-08-18T08:00:00+08:00")],
)  # fmt: skip
def test_maps_begin_when_their_file_says(folder: Path, times: list[float], unit: str) -> None:
    maps(folder, times, unit)
    assert read_times(folder) == ([0.0, 1800.0], 3600.0)


def test_maps_may_begin_before_the_run_and_be_unevenly_spaced(folder: Path) -> None:
    maps(folder, [-600, 300, 2400], f"seconds {DAY}")
    assert read_times(folder) == ([-600.0, 300.0, 2400.0], 4500.0)


def test_maps_marked_at_the_end_of_their_time_begin_with_its_bounds(folder: Path) -> None:
    maps(folder, [1800, 3600], f"seconds {DAY}", bounds=True)
    assert read_times(folder) == ([0.0, 1800.0], 3600.0)


MAP_SLIPS = {
    "hourly maps called ten-minute ones": ([0, 3600], DAY, 'every = "10min"',
                                           "every: 600 s, but maps 1 and 2 of the file begin 3600"),
    "maps in reversed order": ([1800, 0], DAY, 'every = "30min"', "the time does not rise"),
    "maps that begin after the run": ([600, 2400], DAY, "", "last from 600 s to 4200 s, the run"),
    "maps that end before the run": ([0, 1200], DAY, "", "last from 0 s to 2400 s, the run from"),
    "maps of another day": ([0, 1800], "since 2020-08-20 00:00:00", "", "last from 86400 s to"),
    "maps in another calendar": ([0, 1800], "since the flood", "", "is no time"),
    "one map without a length": ([0], DAY, "", "rain.every: is needed: one map"),
}  # fmt: skip


@pytest.mark.parametrize("slip", MAP_SLIPS)
def test_maps_at_other_times_than_the_run_are_refused(folder: Path, slip: str) -> None:
    times, unit, every, said = MAP_SLIPS[slip]
    maps(folder, times, f"seconds {unit}", every)
    with pytest.raises(RefusedCase) as refusal:
        read_case(folder / "case.toml")
    assert said in str(refusal.value)
    assert str(folder) in refusal.value.where


def test_dated_maps_need_the_start_of_the_run(folder: Path) -> None:
    maps(folder, [0, 1800], f"seconds {DAY}")
    changed(folder, 'start = "2020-08-19T08:00:00+08:00"\n', "")
    with pytest.raises(RefusedCase, match=r"rain.nc: its maps have dates, but case.start"):
        read_case(folder / "case.toml")


def test_a_series_may_give_dates_with_their_zone(folder: Path) -> None:
    rows = "time,discharge_m3s\n2020-08-19T08:00:00+08:00,1\n2020-08-19 01:00:00Z,3\n"
    (folder / "flow.csv").write_text(rows)
    flow = read_case(folder / "case.toml").case.inflows[0].discharge_m3s
    assert flow.t_s.tolist() == [0.0, 3600.0]
    (folder / "flow.csv").write_text(rows.replace("+08:00", ""))
    with pytest.raises(RefusedCase, match=r"flow.csv, line 2: .*does not say its time zone"):
        read_case(folder / "case.toml")
    (folder / "flow.csv").write_text(rows.replace("2020-08-19 01:00:00Z", "nine o'clock"))
    with pytest.raises(RefusedCase, match=r"flow.csv, line 3: .*is no instant"):
        read_case(folder / "case.toml")
    (folder / "flow.csv").write_text(rows)
    changed(folder, 'start = "2020-08-19T08:00:00+08:00"\n', "")
    with pytest.raises(RefusedCase, match=r"flow.csv: has dates, but case.start"):
        read_case(folder / "case.toml")


def test_the_start_may_be_a_date_of_toml(folder: Path) -> None:
    changed(folder, '"2020-08-19T08:00:00+08:00"', "2020-08-19T08:00:00+08:00")
    start = read_case(folder / "case.toml").start
    assert start is not None
    assert start.isoformat() == "2020-08-19T08:00:00+08:00"
    changed(folder, "+08:00", "")
    with pytest.raises(RefusedCase, match=r"case.start: .*does not say its time zone"):
        read_case(folder / "case.toml")


def test_snapshots_come_at_given_times_and_always_at_the_end(folder: Path) -> None:
    changed(folder, 'snapshots_every = "20min"', 'snapshots = [0, "10min", "25min"]')
    assert read_case(folder / "case.toml").outputs.snapshots_s == (0.0, 600.0, 1500.0, 3600.0)
    changed(folder, 'snapshots = [0, "10min", "25min"]', 'snapshots_every = "25min"')
    assert read_case(folder / "case.toml").outputs.snapshots_s == (1500.0, 3000.0, 3600.0)
    changed(folder, 'snapshots_every = "25min"', 'snapshots = ["10min", "2h"]')
    with pytest.raises(RefusedCase, match=r"output.snapshots: 7200 s lies after the end"):
        read_case(folder / "case.toml")
    changed(folder, '["10min", "2h"]', '["10min", "5min"]')
    with pytest.raises(RefusedCase, match=r"output.snapshots: .*no list of rising times"):
        read_case(folder / "case.toml")


def test_a_file_saved_by_a_spreadsheet_is_read(folder: Path) -> None:
    rows = (folder / "flow.csv").read_text().replace("\n", "\r\n")
    (folder / "flow.csv").write_bytes(b"\xef\xbb\xbf" + rows.encode())
    text = (folder / "case.toml").read_text().replace("\n", "\r\n")
    (folder / "case.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_case(folder / "case.toml").case.inflows[0].discharge_m3s.value.tolist() == [1, 3]


def test_a_series_in_another_encoding_is_refused_by_name(folder: Path) -> None:
    (folder / "flow.csv").write_bytes("minutes,流量\n0,1\n60,3\n".encode("gbk"))
    with pytest.raises(RefusedCase, match=r"flow.csv: is no text in UTF-8"):
        read_case(folder / "case.toml")


def test_cells_beyond_the_columns_are_refused(folder: Path) -> None:
    (folder / "flow.csv").write_text("minutes,discharge_m3s\n0,1\n60,3,5\n")
    with pytest.raises(RefusedCase, match=r"flow.csv, line 3: has more cells than the first line"):
        read_case(folder / "case.toml")
    (folder / "flow.csv").write_text("minutes,discharge_m3s,discharge_m3s\n0,1,1\n60,3,5\n")
    with pytest.raises(RefusedCase, match=r"has the column discharge_m3s twice"):
        read_case(folder / "case.toml")
