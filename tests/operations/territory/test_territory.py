"""Questions to the loaded district: scope, surroundings, search, personal data, pages, layers."""

import json

import numpy as np
import pytest
import shapely
from django.test import Client
from pyproj import Geod

from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account, AuditEntry
from anlan.operations.people.queries import NOBODY, scope_of
from anlan.operations.territory import queries
from anlan.operations.territory.actions import NotYours, show_phone
from anlan.operations.territory.layers import LAYERS
from anlan.operations.territory.models import Household, ResponsiblePerson

pytestmark = pytest.mark.django_db(databases="__all__")
CIQIKOU = (106.4515, 29.5815)


@pytest.fixture
def officer(shapingba):
    return Account.objects.get(username="chenli")


@pytest.fixture
def street(shapingba):
    """The duty room of Ciqikou street."""
    return Account.objects.get(username="ciqikou")


@pytest.fixture
def page():
    def get(account, address, **more):
        client = Client()
        client.force_login(account)
        return client.get(address, **more)

    return get


def test_a_township_sees_only_its_own_sites(street):
    mine = queries.sites(scope_of(street))
    assert mine
    assert all(site.area_code.startswith("500106004") for site in mine)
    assert len(mine) < len(queries.sites(None))


def test_who_has_no_scope_sees_nothing(shapingba):
    assert queries.sites(NOBODY) == []
    assert queries.search(NOBODY, "水库") == []
    assert queries.sites_around(NOBODY, *CIQIKOU, 5.0) == []
    assert queries.roads(NOBODY) == []


def test_another_townships_site_is_not_there_for_a_township(street):
    other = queries.sites(None, kind="reservoir")[0]
    assert not other.area_code.startswith("500106004")
    assert queries.site(other.code, scope_of(street)) is None
    assert queries.site(other.code) == other


@pytest.mark.parametrize("km", [0.3, 1.0, 4.0])
def test_sites_around_a_point_are_those_within_the_distance_on_the_ellipsoid(shapingba, km):
    everything = queries.sites(None)
    lon = np.array([s.lon for s in everything])
    lat = np.array([s.lat for s in everything])
    _, _, metres = Geod(ellps="GRS80").inv(
        np.full_like(lon, CIQIKOU[0]), np.full_like(lat, CIQIKOU[1]), lon, lat
    )
    wanted = {s.code for s, m in zip(everything, metres, strict=True) if m <= km * 1000}
    found = queries.sites_around(None, *CIQIKOU, km)
    assert {near.site.code for near in found} == wanted
    distances = [near.distance_m for near in found]
    assert distances == sorted(distances)


def test_sites_around_a_point_can_be_of_some_kinds_only(shapingba):
    found = queries.sites_around(None, *CIQIKOU, 5.0, ["shelter", "school"])
    assert {near.site.kind for near in found} == {"shelter", "school"}


def test_a_point_belongs_to_the_community_whose_outline_holds_it(shapingba):
    for code, shape in list(queries.outlines("community").items())[::20]:
        inside = shape.representative_point()
        assert queries.area_at(inside.x, inside.y).code == code


def test_a_point_outside_the_district_belongs_to_no_area(shapingba):
    assert queries.area_at(106.6, 29.9) is None


def test_names_of_areas_come_by_code(shapingba):
    assert queries.area_names(["500106004002", "500106"]) == {
        "500106004002": "金蓉社区", "500106": "沙坪坝区",
    }  # fmt: skip


def test_the_search_finds_areas_sites_and_roads_by_name_and_code(officer):
    scope = scope_of(officer)
    assert queries.search(scope, "磁器口街道")[0].link == "/things/area/500106004"
    assert queries.search(scope, "磁器口")[0].name.startswith("磁器口")
    assert "reservoir" in {hit.kind for hit in queries.search(scope, "水库", 50)}
    assert queries.search(scope, "geohazard-001")[0].code == "geohazard-001"
    assert queries.search(scope, "  ") == []
    stations = [hit for hit in queries.search(scope, "ciqikou") if hit.kind == "stage_station"]
    assert stations[0].link == "/stations/ciqikou"


def test_the_search_of_a_township_ends_at_its_border(street):
    hits = queries.search(scope_of(street), "水", 50)
    assert all(hit.code.startswith("500106004") for hit in hits if hit.kind == "area")
    assert queries.search(scope_of(street), "陈家桥") == []


def test_households_come_by_community_by_township_and_by_id(shapingba):
    community = [h.id for h in queries.households_in(["500106004002"])]
    township = [h.id for h in queries.households_in(["500106004"])]
    assert community == sorted(
        Household.objects.filter(area_code="500106004002").values_list("id", flat=True)
    )
    assert set(community) < set(township)
    assert [h.id for h in queries.households_in(ids=community[::-1])] == community
    assert queries.household_count(["500106004"]) == len(township)


def test_households_lie_together_by_cell(shapingba):
    cells = list(Household.objects.order_by("id").values_list("cell", flat=True))
    assert cells == sorted(cells)


def test_the_exposure_file_holds_every_household_road_and_site(shapingba):
    arrays = np.load(queries.exposure_file())
    count = Household.objects.count()
    for name in ("household_id", "x", "y", "people", "needs_help", "community"):
        assert len(arrays[name]) == count, name
    assert (arrays["people"].dtype, arrays["community"].dtype) == (np.int16, np.int32)
    some = Household.objects.order_by("?").first()
    place = int(np.flatnonzero(arrays["household_id"] == some.id)[0])
    assert arrays["community_code"][arrays["community"][place]] == some.area_code
    starts = arrays["road_start"]
    assert len(starts) == len(arrays["road_code"]) + 1
    assert starts[-1] == len(arrays["road_x"])
    assert np.diff(starts).min() >= 2
    assert len(arrays["site_code"]) == len(queries.sites(None))


def test_looking_at_a_telephone_is_recorded(officer):
    person = ResponsiblePerson.objects.exclude(site_code="").first()
    number = show_phone(as_actor(officer), person.id, scope_of(officer))
    assert len(number) == 11
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.actor_id, entry.subject_id) == (
        "people.view_personal", officer.id, str(person.id),
    )  # fmt: skip
    assert number not in json.dumps(entry.detail) + entry.subject_label


def test_another_townships_telephone_stays_closed_and_unrecorded(street):
    person = ResponsiblePerson.objects.exclude(area_code__startswith="500106004").first()
    before = AuditEntry.objects.count()
    with pytest.raises(NotYours):
        show_phone(as_actor(street), person.id, scope_of(street))
    assert AuditEntry.objects.count() == before


def test_the_file_of_a_reservoir_names_its_three_persons_with_masked_telephones(officer, page):
    site = queries.sites(None, kind="reservoir")[0]
    answer = page(officer, f"/things/reservoir/{site.code}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert site.name in text
    for person in queries.responsible_for(site_code=site.code):
        assert person.name in text
        assert person.masked_phone in text
    for word in ("行政", "技术", "巡查", "示意"):
        assert word in text


def test_a_telephone_is_shown_by_post_only(officer):
    client = Client()
    client.force_login(officer)
    person = ResponsiblePerson.objects.exclude(site_code="").first()
    address = f"/people/{person.id}/phone"
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.status_code == 200
    assert "tel:12" in answer.content.decode()


def test_pages_hold_no_full_telephone_and_no_sealed_one(officer, page):
    text = page(officer, "/things/area/500106004002").content.decode()
    assert "****" in text
    for person in queries.responsible_for(area_code="500106004002"):
        from anlan.operations.people.actions import unseal_text

        assert unseal_text(person.phone_sealed) not in text


@pytest.mark.parametrize(
    "address", ["/things/area/500106002", "/things/area/500106", "/things/reservoir/nothing"]
)
def test_what_lies_outside_the_scope_is_not_found(street, page, address):
    assert page(street, address).status_code == 404


def test_a_thing_asked_for_as_another_kind_is_not_found(officer, page):
    assert page(officer, "/things/geohazard/reservoir-001").status_code == 404


def test_the_files_of_areas_and_roads_open_within_a_query_budget(
    officer, django_assert_max_num_queries
):
    road = queries.roads(None)[0]
    client = Client()
    client.force_login(officer)
    for address in ("/things/area/500106", "/things/area/500106004", f"/things/road/{road.code}"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
def test_a_layer_shows_features_with_their_pages_within_the_scope(officer, street, layer):
    features = layer.features(scope_of(officer))["features"]
    assert features
    for feature in features[:20]:
        about = feature["properties"]
        assert {"code", "kind", "name", "link", "schematic"} <= set(about)
        shapely.geometry.shape(feature["geometry"])
    mine = layer.features(scope_of(street))["features"]
    assert len(mine) < len(features)
    assert layer.features(NOBODY)["features"] == []


def test_the_api_answers_around_and_search_within_the_scope(street, page):
    near = page(street, "/api/v1/around?lon=106.4515&lat=29.5815&km=3").json()
    assert near
    assert near[0]["distance_m"] <= near[-1]["distance_m"] <= 3000
    for address in ("/api/v1/around?lon=106&lat=29&km=900", "/api/v1/around?lon=x&lat=29&km=1"):
        assert page(street, address).status_code == 422
    hits = page(street, "/api/v1/search?q=金蓉").json()
    assert hits[0]["code"] == "500106004002"
