"""The one map's page and what it asks for: scope in every answer, empty before a load."""

import json
from datetime import datetime

import numpy as np
import pytest
import shapely
from django.test import Client
from django.utils import translation

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.territory.models import Area, Edition, Site, Terrain, Waterway
from anlan.operations.territory.rules import cell_of
from anlan.portal import terms
from anlan.portal.map import ground, offered
from anlan.terrain.files import write_dem
from anlan.terrain.grid import Grid
from anlan.vocabulary import clock
from anlan.vocabulary.layers import Layer, collection, point
from anlan.vocabulary.words import NP_

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2020, 8, 19, 18, 10, tzinfo=clock.CHINA)
HOME = (106.447, 29.583)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.ANLAN_HOME = tmp_path
    ground._grid.cache_clear()


def person(role="duty_officer", area="500106"):
    open_account(PLATFORM, NewAccount(
        username=role, password="word of pass 7", display_name=role, role=role,
        organisation_code="bureau", area_code=area,
    ))  # fmt: skip
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert client.login(username=role, password="word of pass 7")
    return client


def put_area(code, kind, name, shape, parent=""):
    west, south, east, north = shape.bounds
    Area.objects.create(
        code=code, kind=kind, name=name, parent_code=parent, lon=shape.centroid.x,
        lat=shape.centroid.y, wkb=shapely.to_wkb(shape), west=west, south=south, east=east,
        north=north,
    )  # fmt: skip


def put_site(code, name, lon, lat, area, kind="shelter"):
    Site.objects.create(
        code=code, kind=kind, name=name, area_code=area, lon=lon, lat=lat, cell=cell_of(lon, lat)
    )


@pytest.fixture
def district(tmp_path):
    lon, lat = HOME
    Edition.objects.create(number=1, made_at=NOW, reason="test")
    put_area(
        "500106",
        "district",
        "沙坪坝区",
        shapely.box(lon - 0.03, lat - 0.03, lon + 0.03, lat + 0.03),
    )
    put_area(
        "500106004",
        "township",
        "磁器口街道",
        shapely.box(lon - 0.01, lat - 0.01, lon, lat),
        "500106",
    )
    Waterway.objects.create(
        code="jialing", name="嘉陵江", kind="river", width_m=420,
        wkb=shapely.to_wkb(shapely.LineString([(lon, lat + 0.03), (lon, lat - 0.03)])),
    )  # fmt: skip
    put_site("S-1", "磁器口小学", lon, lat, "500106004001")
    put_site("S-2", "井口中学", lon + 0.01, lat + 0.01, "500106013002")


@pytest.fixture
def terrain(district, tmp_path):
    z = np.linspace(180, 400, 300 * 300).reshape(300, 300).astype(np.float32)
    path = tmp_path / "territory" / "terrain-t.tif"
    path.parent.mkdir()
    write_dem(path, Grid(z, 637_000.0, 3_276_000.0, 20.0))
    Terrain.objects.create(
        version="t", path="territory/terrain-t.tif", cell_m=20, rows=300, columns=300, loaded_at=NOW
    )


def shelters(scope):
    from anlan.operations.territory.queries import sites

    return collection(
        [
            point(s.lon, s.lat, {"code": s.code, "kind": s.kind, "name": s.name})
            for s in sites(scope, "shelter")
        ]
    )


@pytest.fixture
def layers(monkeypatch):
    made = {
        "shelters": Layer(
            "shelters", NP_("layer", "Shelters"), "square", "tent", "resources.view", shelters
        ),
        "secret": Layer(
            "secret", NP_("layer", "Secret"), "circle", "lock", "people.audit", shelters
        ),
    }
    monkeypatch.setattr(offered, "every_layer", lambda: made)


def test_before_a_district_is_loaded_the_map_says_so_and_nothing_breaks():
    client = person()
    assert client.get("/map").status_code == 200
    assert client.get("/map/base.json").json() == {"empty": True}
    assert client.get("/map/base/hillshade-dark.jpg").status_code == 404
    assert client.get("/map/terrain/13/6518/3390.png").status_code == 204
    assert client.get("/map/search", {"q": "磁"}).json() == {"hits": []}


def test_the_ground_names_outline_river_and_towns(district):
    base = person().get("/map/base.json").json()
    assert (base["code"], base["name"]) == ("500106", "沙坪坝区")
    assert [town["name"] for town in base["towns"]] == ["磁器口街道"]
    assert base["relief"] is None
    [river] = base["waters"]
    # 420 m of river at 29.58 N are 0.00434 degrees of longitude (111.32 km x cos 29.58).
    west, _, east, _ = shapely.geometry.shape(river["bed"]).bounds
    assert east - west == pytest.approx(420 / (111_320 * np.cos(np.radians(29.583))), rel=0.01)


def test_the_ground_is_asked_for_once(district):
    client = person()
    first = client.get("/map/base.json")
    again = client.get("/map/base.json", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    Edition.objects.create(number=2, made_at=NOW, reason="imported")
    assert client.get("/map/base.json", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 200


def test_relief_and_heights_are_drawn_once_and_kept(terrain, monkeypatch):
    client = person()
    base = client.get("/map/base.json").json()
    first = client.get(base["relief"]["dark"])
    assert first.headers["Content-Type"] == "image/jpeg"
    assert first.content[:2] == b"\xff\xd8"
    tile = "/map/terrain/13/6518/3390.png"
    assert client.get(tile).content[:4] == b"\x89PNG"
    monkeypatch.setattr(ground.relief, "hillshade_jpeg", None)
    monkeypatch.setattr(ground.relief, "height_png", None)
    assert client.get(base["relief"]["dark"]).content == first.content
    assert client.get(tile).status_code == 200
    assert client.get("/map/terrain/3/6/3.png").status_code == 204
    assert client.get("/map/base/hillshade-pink.jpg").status_code == 404


def test_a_household_may_see_the_ground_and_nothing_else(district, layers):
    stranger = Client()
    assert stranger.get("/map/base.json").status_code == 200
    for address in ("/map", "/map/layers.json", "/map/layers/shelters.geojson", "/map/search?q=a",
                    "/map/around?lon=1&lat=1&km=1", "/map/terrain/13/1/1.png"):  # fmt: skip
        assert stranger.get(address).status_code == 302, address


def test_a_layer_is_listed_only_for_who_may_see_it(layers):
    listed = person().get("/map/layers.json").json()["layers"]
    assert [layer["key"] for layer in listed] == ["shelters"]
    assert listed[0]["url"] == "/map/layers/shelters.geojson"


def test_a_layer_without_the_right_is_refused_with_the_right_it_lacks(layers):
    answer = person().get("/map/layers/secret.geojson")
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    with translation.override("zh-hans"):
        assert terms.right_word("people.audit") in json.loads(answer.content)["title"]


def test_a_township_sees_its_own_sites_only(district, layers):
    everyone = person().get("/map/layers/shelters.geojson").json()
    own = person("township", "500106004").get("/map/layers/shelters.geojson").json()
    assert {f["properties"]["code"] for f in everyone["features"]} == {"S-1", "S-2"}
    assert {f["properties"]["code"] for f in own["features"]} == {"S-1"}


def test_an_unchanged_layer_is_not_sent_twice(district, layers):
    client = person()
    first = client.get("/map/layers/shelters.geojson")
    assert first.headers["Content-Type"] == "application/geo+json"
    again = client.get("/map/layers/shelters.geojson", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    put_site("S-3", "石井坡中学", *HOME, "500106006001")
    assert (
        client.get(
            "/map/layers/shelters.geojson", HTTP_IF_NONE_MATCH=first.headers["ETag"]
        ).status_code
        == 200
    )


def test_an_unknown_layer_is_not_found(layers):
    assert person().get("/map/layers/none.geojson").status_code == 404


def test_search_finds_by_name_within_sight(district):
    hits = person().get("/map/search", {"q": "小学"}).json()["hits"]
    assert [hit["name"] for hit in hits] == ["磁器口小学"]
    assert hits[0]["link"]
    assert person("township", "500106005").get("/map/search", {"q": "小学"}).json()["hits"] == []


def test_around_tells_what_is_near_nearest_first(district):
    lon, lat = HOME
    found = person().get("/map/around", {"lon": lon, "lat": lat, "km": 2}).json()
    assert [hit["code"] for hit in found["hits"]] == ["S-1", "S-2"]
    assert found["hits"][0]["distance_m"] == 0
    # 0.01 degree north-east at 29.58 N: 1,108 m north and 969 m east make 1,472 m.
    assert found["hits"][1]["distance_m"] == pytest.approx(1472, abs=4)
    near = person("duty_leader").get("/map/around", {"lon": lon, "lat": lat, "km": 1}).json()
    assert near["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"lon": "a", "lat": 1, "km": 1},
        {"lon": "nan", "lat": 1, "km": 1},
        {"lon": 1, "lat": 1, "km": 0},
        {"lon": 1, "lat": 1, "km": 31},
        {"lon": 1, "lat": 99, "km": 1},
    ],
)
def test_around_refuses_what_is_no_place(query):
    answer = person().get("/map/around", query)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_link_to_a_thing_opens_the_map_on_it(district):
    text = person().get("/map", {"code": "S-1"}).content.decode()
    assert '"selected": {"code": "S-1"' in text
    foreign = person("township", "500106005").get("/map", {"code": "S-1"}).content.decode()
    assert "没有「S-1」" in foreign
    assert '"selected"' not in foreign


def test_every_app_offers_layers_that_can_be_drawn():
    from anlan.operations.people.rules import ROLES

    rights = frozenset().union(*(role.rights for role in ROLES.values()))
    for key, layer in offered.every_layer().items():
        assert layer.key == key
        assert layer.right in rights, f"{key}: nobody holds {layer.right}"
        assert layer.group in offered.GROUPS, f"{key}: {layer.group} has no words"
        assert layer.family in {"circle", "diamond", "square", "area", "line"}
