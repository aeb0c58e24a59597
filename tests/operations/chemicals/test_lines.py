"""The chain and pipelines: numbers, licences, inspections, length, sections, what stands on it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.operations.chemicals.conftest import ago, doer
from tests.operations.chemicals.test_wastes import tick, titles

from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import HOLDING, PIPELINE, SECTION, Owner
from anlan.operations.chemicals.layers import LAYERS
from anlan.operations.chemicals.models import Encroachment, Holding, Pipeline
from anlan.operations.chemicals.queries.near import near_line
from anlan.operations.chemicals.rules.lines import length_m, read_line, written_line
from anlan.operations.chemicals.rules.substances import check_numbers
from anlan.operations.people.actions import PLATFORM
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
CHLORINE = {
    "stage": "storage", "substance": "液氯", "un": "1017", "cas": "7782-50-5",
    "most": Decimal(4), "unit": "t", "licence": "WH-1",
}  # fmt: skip
LINE = [[106.45, 29.55], [106.46, 29.55]]
GAS = {
    "name": "甲线", "medium": "天然气", "pressure": Decimal("0.4"), "diameter": 160,
    "material": "钢", "begins": "甲站", "ends": "乙厂", "line": LINE, "cycle": 12, "patrol": "赵敏",
}  # fmt: skip


def kept(one, book, firm, values, parent=None):
    return actions.enter(*doer(one), book, Owner(enterprise_id=firm, parent_id=parent), values)


@pytest.mark.parametrize(("un", "cas"), [("101", ""), ("", "7782-50-4"), ("", "7782505")])
def test_numbers_that_are_none_are_refused(un, cas):
    with pytest.raises(Refused):
        check_numbers(un, cas)


def test_a_line_is_read_back_as_written_and_what_is_no_line_is_refused():
    assert read_line(written_line(LINE)) == LINE
    assert length_m(LINE) == pytest.approx(969.3, abs=1)
    for text in ("106.45,29.55", "106.45;29.55", "206,29;106,29", "a", "1,1;90,80", ""):
        with pytest.raises(Refused):
            read_line(text)


def test_a_licence_is_asked_for_before_it_ends_and_off_the_desk_when_renewed(people, works):
    who = people["manager"]
    said = CHLORINE | {"licence_until": clock.today() + timedelta(days=40)}
    pk = kept(who, HOLDING, works, said)
    tick()
    assert titles(who) == {}
    clock.current().move_to(clock.now() + timedelta(days=12))
    tick()
    assert set(titles(who)) == {f"chemicals:holding:{pk}"}
    later = HOLDING.values(Holding.objects.get()) | {"licence_until": ago(-400)}
    actions.correct(*doer(who), HOLDING, pk, later, reason="换证")
    assert titles(who) == {}


def test_an_inspection_sets_the_next_and_asks_for_it(people, works):
    who = people["manager"]
    pk = kept(who, PIPELINE, works, GAS | {"inspected_on": ago(400)})
    tick()
    assert titles(who)[f"chemicals:pipeline:{pk}"].late
    said = PIPELINE.values(Pipeline.objects.get()) | {"inspected_on": clock.today()}
    actions.correct(*doer(who), PIPELINE, pk, said, reason="定检")
    assert titles(who) == {}
    with pytest.raises(Refused):
        actions.correct(*doer(who), PIPELINE, pk, said | {"inspected_on": ago(-1)}, reason="x")


def test_a_section_lies_on_its_own_pipeline(people, works, plant):
    who = people["manager"]
    pk = kept(who, PIPELINE, works, GAS)
    part = {"name": "学校段", "grade": "3", "from_m": 100, "to_m": 500, "people": 1200}
    kept(who, SECTION, works, part, pk)
    for wrong in ({"to_m": 100}, {"to_m": 2000}):
        with pytest.raises(Refused):
            kept(who, SECTION, works, part | {"name": "b"} | wrong, pk)
    with pytest.raises(Refused):
        kept(people["stranger"], SECTION, plant, part | {"name": "c"}, pk)


def test_what_stands_on_a_pipeline_is_a_danger_of_its_enterprise(people, works):
    pk = kept(people["manager"], PIPELINE, works, GAS)
    page = f"/chemicals/pipelines/{pk}"
    form = {"key": "k1", "title": "棚房占压", "lon": "106.455", "lat": "29.55"}
    for _twice in range(2):
        assert people["street"].browser.post(f"{page}/encroachments", form).status_code == 303
    danger = Encroachment.objects.get().danger
    assert (danger.enterprise_id, danger.source, danger.lon) == (works, "patrol", 106.455)
    assert "棚房占压" in people["manager"].browser.get(page).content.decode()
    assert people["other_street"].browser.post(f"{page}/encroachments", form).status_code == 404
    bad = form | {"key": "k2", "lat": ""}
    people["street"].browser.post(f"{page}/encroachments", bad)
    assert Encroachment.objects.count() == 1


def test_what_lies_near_is_measured_from_the_line_and_stays_within_sight(people, works):
    load_sites(PLATFORM, [
        NewSite(code=code, kind="shelter", name=code, area_code="500106004", lon=106.455, lat=lat)
        for code, lat in (("S1", 29.5505), ("S2", 29.56))
    ])  # fmt: skip
    near = near_line(people["street"].scope, LINE, 200)
    assert [(one.site.code, round(one.distance_m)) for one in near] == [("S1", 55)]
    assert near_line(people["other_street"].scope, LINE, 200) == []


def test_the_map_draws_the_pipelines_within_sight_alone(people, works):
    kept(people["manager"], PIPELINE, works, GAS)
    (layer,) = LAYERS
    drawn = layer.features(people["street"].scope)["features"]
    assert [one["geometry"]["coordinates"] for one in drawn] == [LINE]
    assert layer.features(people["other_street"].scope)["features"] == []


def test_the_pages_take_what_a_phone_sends(people, works):
    browser = people["manager"].browser
    form = {key: f"{value}" for key, value in GAS.items()} | {"line": written_line(LINE)}
    sent = browser.post("/chemicals/pipelines/new", form)
    assert sent.status_code == 303
    page = browser.get(f"{sent.url}/correct").content.decode()
    assert "106.45,29.55" in page
    wrong = browser.post("/chemicals/pipelines/new", form | {"line": "x"})
    assert wrong.status_code == 422
    assert wrong.context["entered"].errors.keys() == {"line"}
    body = {key: f"{value}" for key, value in CHLORINE.items()} | {"cas": "7782-50-4"}
    assert browser.post("/chemicals/new", body).status_code == 422
    assert browser.post("/chemicals/new", body | {"cas": "7782-50-5"}).status_code == 303
    for path in ("/chemicals", "/chemicals/pipelines", "/chemicals/sections"):
        assert browser.get(path).status_code == 200
        assert "甲线" not in people["other_street"].browser.get(path).content.decode()
