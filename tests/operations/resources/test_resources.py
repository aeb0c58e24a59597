import io
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import Account, OutboxEvent
from anlan.operations.people.queries import NOBODY, scope_of
from anlan.operations.resources import queries
from anlan.operations.resources.actions import (
    ShelterRefused,
    close_shelter,
    open_shelter,
    record_headcount,
)
from anlan.operations.resources.layers import LAYERS
from anlan.operations.resources.models import Shelter, StockLot
from anlan.operations.resources.rules import ShelterDuration, capacity_of, kit, people_served

pytestmark = pytest.mark.django_db(databases="__all__")
HALL = "shelter-001"


@pytest.fixture
def officer(shapingba):
    return Account.objects.get(username="chenli")


@pytest.fixture
def street(shapingba):
    return Account.objects.get(username="ciqikou")


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


@pytest.mark.parametrize(
    ("duration", "people"), [("emergency", 3600), ("short", 900), ("medium", 600), ("long", 400)]
)
def test_capacity_follows_the_square_metres_a_person_of_gb_51143(duration, people):
    assert capacity_of(1800.0, ShelterDuration(duration)) == people


def test_the_scarcest_line_of_the_kit_decides_how_many_are_served():
    norms = {"bed": ("床", "张", 1.0), "tent": ("帐篷", "顶", 0.2), "water": ("水", "瓶", 6.0)}
    lines = kit(norms, {"bed": 5200.0, "tent": 1100.0, "water": 30_000.0})
    assert [(line.item_code, line.people) for line in lines] == [
        ("water", 5000), ("bed", 5200), ("tent", 5500),
    ]  # fmt: skip
    assert people_served(lines) == 5000


def test_an_item_of_the_kit_that_is_not_stored_serves_nobody():
    assert people_served(kit({"bed": ("床", "张", 1.0)}, {})) == 0
    assert people_served([]) == 0


def test_expired_stock_serves_nobody(shapingba):
    before = queries.resettlement_kit()
    StockLot.objects.filter(item_id="food").update(expires_on="2001-01-01")
    after = queries.resettlement_kit()
    assert before.people >= 5000
    assert after.people == 0
    assert after.lines[0].item_code == "food"


def test_kit_rows_say_their_norm(shapingba):
    rows = {row.item_code: row for row in queries.supplies()}
    assert rows["water"].per_person == Decimal(6)
    assert rows["boat"].kit is False


def test_a_shelter_opens_once_and_says_so_the_second_time(shapingba):
    assert open_shelter(PLATFORM, HALL) is True
    first = queries.shelter(HALL)
    assert open_shelter(PLATFORM, HALL) is False
    assert queries.shelter(HALL) == first
    assert OutboxEvent.objects.filter(name="resources.shelter_opened").count() == 1


def test_a_shelter_with_people_in_it_is_not_closed(shapingba):
    open_shelter(PLATFORM, HALL)
    record_headcount(PLATFORM, HALL, 120)
    with pytest.raises(ShelterRefused):
        close_shelter(PLATFORM, HALL)
    assert queries.shelter(HALL).open
    record_headcount(PLATFORM, HALL, 0)
    assert close_shelter(PLATFORM, HALL) is True
    assert close_shelter(PLATFORM, HALL) is False


def test_headcounts_are_kept_newest_first(shapingba):
    open_shelter(PLATFORM, HALL)
    for people in (10, 25, 18):
        record_headcount(PLATFORM, HALL, people)
    assert [row.people for row in queries.headcounts(HALL)] == [18, 25, 10]
    assert queries.shelter(HALL).occupied == 18
    assert queries.shelter_totals().occupied == 18


def test_nobody_is_counted_in_a_closed_shelter_nor_below_zero(shapingba):
    with pytest.raises(ShelterRefused):
        record_headcount(PLATFORM, HALL, 5)
    open_shelter(PLATFORM, HALL)
    with pytest.raises(ShelterRefused):
        record_headcount(PLATFORM, HALL, -1)


def test_another_townships_shelter_is_not_there_to_be_opened(street):
    with pytest.raises(Shelter.DoesNotExist):
        open_shelter(PLATFORM, "shelter-010", scope_of(street))


def test_a_township_sees_only_its_own_shelters_teams_and_stock(street):
    scope = scope_of(street)
    for rows in (queries.shelters(scope), queries.teams(scope), queries.supplies(scope)):
        assert all(row.area_code.startswith("500106004") for row in rows)
    assert 0 < len(queries.shelters(scope)) < 114
    assert queries.shelters(NOBODY) == []
    assert queries.shelter_totals(scope).count == len(queries.shelters(scope))


def test_the_list_of_shelters_filters_pages_and_sorts(desk):
    text = desk.get("/shelters").content.decode()
    assert text.count("al-title-link") == 50
    assert "114" in text
    text = desk.get("/shelters?page=3").content.decode()
    assert text.count("al-title-link") == 14
    text = desk.get("/shelters?q=体育馆&order=capacity").content.decode()
    assert text.count("al-title-link") == 1
    assert "没有符合" in desk.get("/shelters?q=不存在").content.decode()


def test_the_export_is_what_the_list_shows(desk):
    answer = desk.get("/shelters/export?township=500106004")
    book = load_workbook(io.BytesIO(answer.content))
    lines = list(book.active.iter_rows(values_only=True))
    shown = [row for row in queries.shelters() if row.area_code.startswith("500106004")]
    assert len(lines) == len(shown) + 1
    assert {line[0] for line in lines[1:]} == {row.code for row in shown}


def test_a_duty_officer_opens_counts_and_closes_on_the_page(desk):
    assert desk.get(f"/shelters/{HALL}").status_code == 200
    desk.post(f"/shelters/{HALL}/open")
    answer = desk.post(f"/shelters/{HALL}/open", follow=True)
    assert "原来就是开放的" in answer.content.decode()
    answer = desk.post(f"/shelters/{HALL}/count", {"people": "1,208"}, follow=True)
    assert "1,208" in answer.content.decode()
    for wrong in ("many", "-3", "", "12.5"):
        answer = desk.post(f"/shelters/{HALL}/count", {"people": wrong}, follow=True)
        assert queries.shelter(HALL).occupied == 1208
    assert "不是整数" in answer.content.decode()
    answer = desk.post(f"/shelters/{HALL}/close", follow=True)
    assert "没有关闭" in answer.content.decode()


def test_a_get_changes_no_shelter(desk):
    assert desk.get(f"/shelters/{HALL}/open").status_code == 405
    assert not queries.shelter(HALL).open


def test_a_township_may_look_but_not_open(street):
    client = Client()
    client.force_login(street)
    own = queries.shelters(scope_of(street))[0]
    assert client.get(f"/shelters/{own.code}").status_code == 200
    assert client.post(f"/shelters/{own.code}/open").status_code == 403
    assert client.get("/shelters/shelter-010").status_code == 404


def test_the_pages_of_teams_open(desk):
    assert desk.get("/teams").content.decode().count("al-title-link") == 168
    assert desk.get("/teams?kind=standing").content.decode().count("al-title-link") == 4
    text = desk.get("/teams/team-flood").content.decode()
    assert "****" in text
    assert desk.get("/teams/nobody").status_code == 404


def test_resource_pages_keep_their_query_budget(desk, django_assert_max_num_queries):
    for address in ("/shelters", f"/shelters/{HALL}", "/teams", "/teams/team-flood"):
        with django_assert_max_num_queries(12):
            assert desk.get(address).status_code == 200


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
def test_a_resource_layer_shows_only_what_lies_in_the_scope(officer, street, layer):
    every = layer.features(scope_of(officer))["features"]
    mine = layer.features(scope_of(street))["features"]
    assert len(every) > 0
    assert len(mine) < len(every)
    assert layer.features(NOBODY)["features"] == []


def test_an_open_shelter_stands_out_on_the_map(officer):
    open_shelter(PLATFORM, HALL)
    record_headcount(PLATFORM, HALL, 7)
    (layer,) = (one for one in LAYERS if one.key == "shelters")
    features = layer.features(scope_of(officer))["features"]
    (hall,) = (f["properties"] for f in features if f["properties"]["code"] == HALL)
    assert hall["involved"] is True
    assert hall["sub"].startswith("7 / ")
