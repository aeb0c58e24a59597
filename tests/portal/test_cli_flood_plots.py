"""Pictures of a computed flood, in Chinese, without a display or a database."""

import argparse

import numpy as np
import pytest
from PIL import Image
from tests.portal.test_cli_flood_cases import BUILT, CASE, RIVER, asked, basin

from anlan.hazards.flood.depth_classes import COLOURS
from anlan.hazards.flood.results import open_store
from anlan.portal.cli import flood_cases, flood_ensembles, flood_plots, language
from anlan.portal.cli.trouble import Trouble

VARIED = '[ensemble]\nseed = 1\n[[ensemble.inflow]]\nname = "spring"\nfactor = [0.5, 2.0]\n'
__all__ = ["basin"]


def test_a_run_becomes_a_map_hydrographs_and_an_animation(basin, tmp_path, capsys):
    language.speak("zh_Hans")
    out = tmp_path / "out"
    flood_cases.run(asked(basin, out))
    assert flood_plots.run(argparse.Namespace(folder=out)) == 0
    told = capsys.readouterr().out
    assert all(f"{out}/{name}" in told for name in ("map.png", "hydrographs.png", "flood.gif"))
    depth = open_store(out).max_depth.values
    row, column = np.unravel_index(np.nanargmax(depth), depth.shape)
    with Image.open(out / "map.png") as picture:
        colours = np.asarray(picture.convert("RGB")).astype(int)
    cell = 760 / 30  # the map is 760 points high from (74, 86) on
    seen = colours[int(86 + (row + 0.5) * cell), int(74 + (column + 0.5) * cell)]
    number = int(np.digitize(depth[row, column], (0.03, 0.3, 0.5, 1.0, 2.0)))
    away = [np.abs(seen - rgb(colour)).sum() for colour in COLOURS["light"]]
    assert int(np.argmin(away)) == number - 1
    with Image.open(out / "flood.gif") as moving:
        assert moving.n_frames == 2
    with Image.open(out / "hydrographs.png") as lines:
        assert lines.size[0] == 1100


def test_each_edge_and_structure_has_a_hydrograph_of_its_own(basin, tmp_path):
    basin.write_text(CASE.replace("[output]", RIVER + BUILT))
    out = tmp_path / "out"
    flood_cases.run(asked(basin, out))
    assert flood_plots.run(argparse.Namespace(folder=out)) == 0
    with Image.open(out / "hydrographs.png") as lines:
        assert lines.size == (1100, 70 + 3 * (130 + 44) + 46)  # gauge, river, culvert


def rgb(colour):
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def test_an_ensemble_becomes_a_map_of_chances_and_fans(basin, tmp_path, capsys, monkeypatch):
    language.speak("zh_Hans")
    basin.write_text(CASE + VARIED)
    out = tmp_path / "out"
    monkeypatch.setattr(flood_ensembles, "spread", lambda jobs, width, job, calls: by_hand(calls))
    wanted = argparse.Namespace(case=basin, out=out, members=4, workers=1, jobs=None)
    assert flood_ensembles.run(wanted) == 0
    told = capsys.readouterr()
    assert "4 / 4 个成员" in told.err
    assert "半数成员淹没" in told.out
    assert flood_plots.run(argparse.Namespace(folder=out)) == 0
    assert (out / "probability.png").exists()
    assert (out / "hydrographs.png").exists()
    with pytest.raises(Trouble, match="换一个空文件夹"):
        flood_ensembles.run(argparse.Namespace(**{**vars(wanted), "members": 5}))


def by_hand(calls):
    from anlan.backbone.jobs import Finished
    from anlan.hazards.flood.ensemble import run_member

    return [Finished(key, run_member(arguments)) for key, arguments in calls.items()]


def test_a_folder_without_results_and_a_case_without_an_ensemble_are_said(basin, tmp_path):
    language.speak("en")
    with pytest.raises(Trouble, match="holds no results"):
        flood_plots.run(argparse.Namespace(folder=tmp_path))
    wanted = argparse.Namespace(case=basin, out=tmp_path / "o", members=4, workers=1, jobs=None)
    with pytest.raises(Trouble, match=r"has no \[ensemble\]"):
        flood_ensembles.run(wanted)
    basin.write_text(CASE + VARIED)
    wanted.jobs = "nowhere"
    with pytest.raises(Trouble, match="no Dask scheduler"):
        flood_ensembles.run(wanted)
