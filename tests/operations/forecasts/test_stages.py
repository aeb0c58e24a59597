"""The stage library: made once a terrain, part by part; answers between its maps, and first."""

from datetime import timedelta

import numpy as np
import pytest
from django.conf import settings

from anlan.operations.forecasts.actions import advance_runs, build_stages, request_run
from anlan.operations.forecasts.models import ForecastRun, Reach, StageLibrary
from anlan.operations.forecasts.queries import library_of
from anlan.operations.forecasts.rules import inundation
from anlan.operations.forecasts.rules.stage_building import _steady
from anlan.operations.forecasts.rules.stages import between, part_file, stages_of, write_land
from anlan.operations.territory.queries import TerrainRow
from anlan.vocabulary import clock

from .conftest import log_in
from .test_inundation import TABLE, course, valley  # noqa: F401
from .test_water_tiles import X0, Y0, seen, tile_under

TABLE_OF_STAGES = {"lowest_m": 184.0, "highest_m": 186.5, "cell_m": 20.0,
                   "discharge": [[184.0, 15000.0], [187.0, 20000.0]]}  # fmt: skip


def test_there_is_a_map_for_each_quarter_of_a_metre():
    stages = stages_of({"lowest_m": 178.0, "highest_m": 197.0})
    assert (stages.size, stages[0], stages[-1]) == (77, 178.0, 197.0)


def test_a_map_belongs_to_the_stage_that_the_computation_reached(course):  # noqa: F811
    wanted = np.array([185.5, 185.75, 186.0])
    maps, reached, unsettled = _steady(course, TABLE, wanted, np.full(3, 18000.0))
    assert reached == pytest.approx(wanted, abs=0.3)
    assert (np.diff(reached) > 0.2).all()
    assert unsettled < 0.01
    depth = maps[:, 0, 20, 5] / 1000.0
    assert depth == pytest.approx(reached - 185.0, abs=0.1)
    assert (maps[:, 0, 20, 15] > maps[:, 0, 20, 5]).all()  # the river itself
    assert maps[:, 0, 19, 29].max() == 0  # the hollow behind the wall
    assert depth.max() * 1000 > inundation.WET_M * 1000


GROUND = np.array([[178.0, 179.5], [180.6, 170.0]], dtype=np.float32)
IN_RIVER = np.array([[False, False], [False, True]])


@pytest.fixture
def maps(tmp_path):
    """Two maps of four cells, a metre apart: deep, shallow, dry until the upper one, the river."""
    low = np.array([[[2000, 500], [0, 10000]], [[1000, 200], [0, 2000]]])
    high = np.array([[[3000, 1500], [400, 11000]], [[1200, 400], [100, 2000]]])
    np.save(part_file(tmp_path, 0), np.stack([low, high]).astype(np.uint16))
    write_land(tmp_path, GROUND, IN_RIVER)
    return tmp_path


@pytest.mark.parametrize(
    ("stage", "depths"),
    [(180.0, [2.0, 0.5, 0.0]), (181.0, [3.0, 1.5, 0.4]), (180.5, [2.5, 1.0, 0.0]),
     (180.8, [2.8, 1.3, 0.2]), (170.0, [2.0, 0.5, 0.0]), (199.0, [3.0, 1.5, 0.4])],
)  # fmt: skip
def test_between_two_maps_fresh_water_comes_at_its_own_height(maps, stage, depths):
    still = between(maps, np.array([180.0, 181.0]), stage)
    assert still.depth.ravel()[:3] == pytest.approx(depths, abs=1e-3)
    assert np.isnan(still.depth[1, 1])
    assert (still.speed.ravel()[:3][still.depth.ravel()[:3] == 0.0] == 0.0).all()


def test_the_surface_at_a_stage_is_level_and_the_rivers_too(maps):
    surface = between(maps, np.array([180.0, 181.0]), 180.5).surface
    assert surface.ravel() == pytest.approx([180.5, 180.5, np.nan, 180.5], abs=1e-3, nan_ok=True)


@pytest.fixture
def on_terrain(river, tmp_path, monkeypatch):
    """The reach on a terrain, with a library of eleven maps to be made."""
    Reach.objects.update(settings={**Reach.objects.get().settings, "stages": TABLE_OF_STAGES})
    place = {"terrain": "dem.tif", "terrain_version": "v1", "schematic": True, "river": [],
             "exposure": None}  # fmt: skip
    terrain = TerrainRow("v1", tmp_path / "dem.tif", 20.0, 2, 2, True, clock.now())
    monkeypatch.setattr("anlan.operations.forecasts.actions.stages.ground", lambda water: place)
    monkeypatch.setattr("anlan.operations.forecasts.actions.inputs.ground", lambda water: place)
    monkeypatch.setattr("anlan.operations.territory.queries.terrain", lambda: terrain)
    return river


def answer_of(pool):
    """What a part says, with maps in which all land is as deep as the stage is over 184 m."""
    ((function, arguments),) = pool.taken.values()
    assert function == "anlan.operations.forecasts.rules.stage_building.build"
    library = StageLibrary.objects.get()
    folder = settings.ANLAN_HOME / library.folder
    folder.mkdir(parents=True, exist_ok=True)
    reached = stages_of(TABLE_OF_STAGES)
    depth = np.tile(((reached - 184.0) * 1000)[:, None, None, None], (1, 2, 2, 2))
    np.save(part_file(folder, arguments["first"]), depth.astype(np.uint16))
    write_land(folder, np.full((2, 2), 184.0, dtype=np.float32), np.zeros((2, 2), dtype=bool))
    pool.answer(
        first=arguments["first"], reached_m=reached.tolist(), unsettled_m=0.001, x0=X0, y0=Y0,
        cell_m=20.0, rows=2, columns=2, corners=[[0, 1], [1, 1], [1, 0], [0, 0]],
    )  # fmt: skip


@pytest.mark.django_db(databases="__all__")
def test_a_library_is_made_once_when_no_forecast_waits(on_terrain, pool):
    request_run("k", "x", clock.now())
    assert build_stages(pool) == 0
    ForecastRun.objects.update(state="done")
    assert build_stages(pool) == 1
    assert build_stages(pool) == 0
    pool.break_down()
    advance_runs(pool)
    assert build_stages(pool) == 1
    answer_of(pool)
    assert advance_runs(pool) == 1
    assert library_of("jialing").whole
    assert build_stages(pool) == 0
    on_terrain.move_to(clock.now() + timedelta(days=1))
    assert build_stages(pool) == 0


@pytest.mark.django_db(databases="__all__")
def test_the_library_answers_first_and_the_run_replaces_it(on_terrain, pool, client):
    build_stages(pool)
    answer_of(pool)
    advance_runs(pool)
    library = StageLibrary.objects.get()
    pk = request_run("k", "ciqikou:stage:warning", clock.now())
    advance_runs(pool)
    first = ForecastRun.objects.get().first
    assert first["datum"] == "wusong"
    assert first["crest_stage_m"] == pytest.approx(first["stage_ys_m"] + 1.64, abs=0.011)
    page = log_in(client).get(f"/forecasts/{pk}").content.decode()
    assert f"{first['crest_stage_m']:.2f}" in page
    assert f"/forecasts/stages/{library.pk}/" in page
    assert f'"greatest": {round(100 * TABLE_OF_STAGES["highest_m"])}' in page


@pytest.fixture
def stages(on_terrain, pool):
    """The address of a made library, where all land stands at 184 m."""
    build_stages(pool)
    answer_of(pool)
    advance_runs(pool)
    return f"/forecasts/stages/{StageLibrary.objects.get().pk}"


@pytest.mark.django_db(databases="__all__")
class TestTiles:
    def test_a_stage_is_seen_by_tiles_like_those_of_a_run(self, stages, client):
        (x, y), pixel = tile_under((0, 0), 14)
        answer = log_in(client).get(f"{stages}/18525/14/{x}/{y}.png")
        assert seen(answer.content, pixel) == (4, 185.25)
        assert "immutable" in answer["Cache-Control"]
        again = client.get(
            f"{stages}/18525/14/{x}/{y}.png", headers={"If-None-Match": answer["ETag"]}
        )
        assert again.status_code == 304
        assert client.get(f"{stages}/18400/14/{x}/{y}.png").status_code == 204
        assert client.get(f"{stages}/18525/14/{x + 2}/{y}.png").status_code == 204

    @pytest.mark.parametrize(("path", "says"), [
        ("17025/14/{x}/{y}.png", "184.00"),
        ("18525/15/{x}/{y}.png", "14"),
        ("18525/10/1024/0.png", "1023"),
    ])  # fmt: skip
    def test_what_is_not_there_is_refused_with_the_reason(self, stages, client, path, says):
        (x, y), _ = tile_under((0, 0), 14)
        answer = log_in(client).get(f"{stages}/{path.format(x=x, y=y)}")
        assert answer.status_code == 404
        assert says in answer.json()["title"]

    def test_a_library_that_is_being_made_says_so(self, stages, client):
        StageLibrary.objects.update(parts={})
        answer = log_in(client).get(f"{stages}/18525/14/1/1.png")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

    def test_a_library_elsewhere_has_no_tiles(self, stages, client):
        (x, y), _ = tile_under((0, 0), 14)
        elsewhere = log_in(client, "township", "500107001")
        assert elsewhere.get(f"{stages}/18525/14/{x}/{y}.png").status_code == 404
