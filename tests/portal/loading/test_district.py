import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from tests.portal.loading_district import HOUSEHOLDS

from anlan import districts
from anlan.operations.people.models import Account
from anlan.operations.people.queries import organisations
from anlan.operations.people.rules import ROLES
from anlan.operations.resources import queries as resources
from anlan.operations.resources.models import Shelter, StockLot, Team
from anlan.operations.territory import queries
from anlan.operations.territory.models import Area, Household, ResponsiblePerson, Road, Site
from anlan.operations.territory.queries import areas, outline, outlines, sites
from anlan.operations.territory.rules import DEMANDED
from anlan.portal.loading import load_district
from anlan.portal.loading.folder import open_district
from anlan.portal.loading.schematic_areas import partition
from anlan.portal.loading.schematic_ground import lay
from anlan.portal.loading.schematic_homes import households, livable
from anlan.portal.loading.schematic_people import register
from anlan.terrain.crs import to_metric
from anlan.terrain.files import read_dem

pytestmark = pytest.mark.django_db(databases="__all__")
FOLDER = Path(next(iter(districts.__path__))) / "shapingba"

# The 14th five-year plan of the district, as the rule book quotes it.
PLAN = {
    "reservoir": 14, "flash_flood": 39, "checkpoint": 83, "geohazard": 162, "shelter": 114,
    "camera": 300, "water_quality": 100, "smart_geohazard": 72, "weather": 12,
}  # fmt: skip
PLAN_TEAMS = {"professional": 8, "standing": 4, "support": 6, "mass": 150}
HIGH_TECH_ZONE = {"500106016", "500106017", "500106020", "500106108"}


@pytest.fixture
def homes(shapingba):
    return np.load(queries.exposure_file())


@pytest.fixture
def ground(shapingba):
    return read_dem(queries.terrain().path)


def test_the_plans_counts_stand_exactly(shapingba):
    assert {k: len(sites(None, kind=k)) for k in PLAN} == PLAN


def test_the_plans_teams_stand_exactly(shapingba):
    assert Counter(team.kind for team in resources.teams()) == PLAN_TEAMS


def test_every_shelter_site_has_its_capacity(shapingba):
    rows = resources.shelters()
    assert len(rows) == 114
    assert all(row.capacity > 0 and row.area_m2 > 0 for row in rows)


def test_no_two_shelters_or_teams_have_one_name(shapingba):
    for names in ([s.name for s in resources.shelters()], [t.name for t in resources.teams()]):
        assert len(names) == len(set(names))


def test_the_26_townships_and_200_communities_have_their_codes(shapingba):
    townships, communities = areas("township"), areas("community")
    assert (len(townships), len(communities)) == (26, 200)
    names = {area.code: area.name for area in townships}
    assert names["500106004"] == "磁器口街道"
    assert names["500106112"] == "中梁镇"
    assert all(c.code[:9] == c.parent_code and c.parent_code in names for c in communities)


def test_four_townships_are_run_by_the_high_tech_zone(shapingba):
    run_by = {area.code for area in areas("township") if area.admin_by}
    assert run_by == HIGH_TECH_ZONE
    assert len(areas("township")) - len(run_by) == 22


def test_the_outline_covers_what_the_statistics_office_says(shapingba):
    x_y = shapely.transform(
        outline("500106"), lambda c: np.column_stack(to_metric(c[:, 0], c[:, 1]))
    )
    # 396 km² by the statistics office; the outline is typed in by eye.
    assert 380e6 < x_y.area < 415e6


@pytest.mark.parametrize("kind", ["township", "community"])
def test_areas_of_a_kind_tile_the_district(shapingba, kind):
    whole, parts = outline("500106"), list(outlines(kind).values())
    assert sum(part.area for part in parts) == pytest.approx(whole.area, rel=1e-4)
    assert shapely.union_all(parts).symmetric_difference(whole).area < 1e-4 * whole.area


def test_a_community_lies_in_its_township(shapingba):
    townships = outlines("township")
    for code, shape in outlines("community").items():
        assert shape.difference(townships[code[:9]]).area < 1e-3 * shape.area


def test_communities_on_the_bank_reach_the_river(shapingba):
    river = next(w for w in queries.waters() if w.name == "嘉陵江")
    bank = river.geometry.buffer(0.0025)
    shapes, names = outlines("community"), queries.area_names()
    on_bank = {names[code] for code, shape in shapes.items() if shape.intersects(bank)}
    wanted = {"金碧社区", "金蓉社区", "磁建村社区", "中渡口社区", "远祖桥社区", "石滨路社区",
              "双碑街社区", "井口村", "二塘村", "滨江社区"}  # fmt: skip
    assert wanted <= on_bank


def test_there_are_exactly_as_many_households_as_asked(homes):
    assert Household.objects.count() == HOUSEHOLDS == len(homes["household_id"])
    assert queries.area("500106").households == HOUSEHOLDS


def test_a_household_has_about_2_9_people(homes):
    assert homes["people"].min() >= 1
    assert homes["people"].max() <= 6
    assert homes["people"].mean() == pytest.approx(2.9, abs=0.1)
    assert queries.area("500106").people == homes["people"].sum()


def test_every_home_stands_in_its_own_community(shapingba):
    shapes = outlines("community")
    for community, shape in shapes.items():
        at = Household.objects.filter(area_code=community).values_list("lon", "lat")
        if at:
            places = np.array(at)
            # Borders are stored to 0.1 m.
            near = shapely.distance(shapely.points(places), shape)
            assert near.max() < 2e-6, community


def test_no_home_stands_in_the_river(homes, ground):
    z = ground.sample(homes["x"], homes["y"])
    assert not np.isnan(z).any()
    river = next(w for w in queries.waters() if w.name == "嘉陵江")
    line = shapely.transform(river.geometry, lambda c: np.column_stack(to_metric(c[:, 0], c[:, 1])))
    distance = shapely.distance(shapely.points(homes["x"], homes["y"]), line)
    assert distance.min() > 150.0


def test_nothing_lived_in_is_wet_at_the_warning_stage(homes, ground):
    warning_yellow_sea = 181.00
    assert np.nanmin(ground.sample(homes["x"], homes["y"])) > warning_yellow_sea
    for kind in ("shelter", "school", "store", "team_base", "loudspeaker"):
        at = np.array([(s.lon, s.lat) for s in sites(None, kind=kind)])
        z = ground.sample(*to_metric(at[:, 0], at[:, 1]))
        assert np.nanmin(z) > warning_yellow_sea, kind


def test_households_live_on_the_terraces_that_the_flood_of_2020_reached(homes, ground):
    z = ground.sample(homes["x"], homes["y"])
    crest_yellow_sea = 194.29 - 1.64
    below = z < crest_yellow_sea
    assert 0.004 < below.mean() < 0.03
    names = set(homes["community_name"][homes["community"][below]])
    assert {"金碧社区", "金蓉社区", "中渡口社区"} <= names


def test_the_east_is_denser_than_the_valley(shapingba):
    shapes = outlines("township")
    people = {a.code: a.people for a in areas("township")}

    def density(code):
        return people[code] / shapes[code].area

    assert density("500106003") > 10 * density("500106105")


@pytest.mark.parametrize("kind", sorted(DEMANDED))
def test_every_dangerous_site_has_all_its_responsible_persons(shapingba, kind):
    for site in sites(None, kind=kind):
        posts = ResponsiblePerson.objects.filter(site_code=site.code)
        assert sorted(posts.values_list("kind", flat=True)) == sorted(DEMANDED[kind]), site.code


def test_every_community_has_a_head_and_a_grid_worker_and_every_township_a_telephone(shapingba):
    for community in areas("community"):
        kinds = {p.kind for p in queries.responsible_for(area_code=community.code)}
        assert {"community_head", "grid_worker"} <= kinds
    for township in areas("township"):
        (duty,) = queries.responsible_for(area_code=township.code)
        assert duty.kind == "township_duty"


def test_what_is_made_up_says_so(shapingba):
    for model in (Household, Road, ResponsiblePerson, Shelter, Team, StockLot):
        assert not model.objects.filter(schematic=False).exists(), model
    for model in (Household, Road, ResponsiblePerson, Shelter, Team, StockLot, Site, Area):
        assert not model.objects.filter(source="").exists(), model
    assert set(Site.objects.filter(schematic=False).values_list("code", flat=True)) == {
        "ciqikou", "beibei", "cuntan",
    }  # fmt: skip
    assert queries.terrain().schematic


def test_names_and_telephones_are_sealed(shapingba):
    row = Household.objects.first()
    one = next(queries.households_in(ids=[row.pk]))
    assert one.masked_phone == f"{one.masked_phone[:3]}****{one.masked_phone[-4:]}"
    assert "*" in one.masked_name
    from anlan.operations.people.actions import unseal_text

    phone = unseal_text(one.phone_sealed)
    assert len(phone) == 11
    assert phone.encode() not in bytes(row.phone_sealed)
    assert not hasattr(one, "phone")


def test_no_made_up_telephone_can_ring(shapingba):
    from anlan.operations.people.actions import unseal_text

    sealed = [
        *Household.objects.values_list("phone_sealed", flat=True)[:200],
        *ResponsiblePerson.objects.values_list("phone_sealed", flat=True),
    ]
    # Chinese mobile numbers begin with 13 to 19; nothing answers at 12.
    assert {unseal_text(one)[:2] for one in sealed} == {"12"}


def test_one_seed_makes_one_district(ground):
    def made(seed):
        district = open_district("shapingba")
        pieces = partition(district, np.random.default_rng([seed, 1]))
        land = lay(ground, pieces)
        homes = livable(district, land, np.random.default_rng([seed, 2]))
        persons = register(district.made_up, np.random.default_rng([seed, 5]))
        return households(district, land, homes, persons, 500)

    first, again, other = made(7), made(7), made(8)
    assert np.array_equal(first.lon, again.lon)
    assert (first.code, first.name, first.phone) == (again.code, again.name, again.phone)
    assert not np.array_equal(first.lon, other.lon)


def test_the_terrain_has_the_stated_heights(ground):
    def height(lon, lat):
        return float(ground.sample(*to_metric(lon, lat)))

    assert float(np.nanmax(ground.z)) == pytest.approx(690.0, abs=25.0)
    assert height(106.4571, 29.5851) < 162.0
    assert 178.0 <= height(106.4515, 29.5830) <= 193.0
    assert 255.0 <= height(106.343, 29.622) <= 300.0


def test_the_committee_has_a_new_name_since_2024(shapingba):
    def committee(day):
        return [o.name for o in organisations(kind="disaster_committee", on=day)]

    assert committee(date(2023, 6, 1)) == ["区减灾委员会"]
    assert committee(date(2025, 6, 1)) == ["区防灾减灾救灾委员会"]


def test_two_committees_nine_offices_and_four_headquarters_stand(shapingba):
    kinds = Counter(o.kind for o in organisations(on=date(2025, 1, 1)))
    assert kinds["safety_committee"] + kinds["disaster_committee"] == 2
    assert kinds["sector_office"] == 9
    assert kinds["special_hq"] == 4
    assert kinds["township"] == 26


def test_every_role_has_a_login(shapingba):
    assert {account.role for account in Account.objects.all()} == set(ROLES)
    assert any("anlan-demo" in line and "chenli" in line for line in shapingba)


def test_a_second_run_says_that_the_district_is_loaded(shapingba):
    said = []
    before = Household.objects.count()
    assert load_district("shapingba", households=5, say=said.append) == 0
    assert len(said) == 1
    assert Household.objects.count() == before


def test_a_district_without_a_folder_is_refused_with_those_there_are():
    said = []
    assert load_district("atlantis", say=said.append) == 1
    assert "shapingba" in said[0]


def test_both_datums_of_every_stated_threshold_agree_with_the_offset():
    stations = tomllib.loads((FOLDER / "stations.toml").read_text(encoding="utf-8"))
    offsets = {s["code"]: s["offset_m"] for s in stations["station"] if "offset_m" in s}
    assert len(stations["stated"]) == 6
    for stated in stations["stated"]:
        difference = stated["wusong"] - stated["yellow_sea"]
        assert difference == pytest.approx(offsets[stated["station"]], abs=0.005)
        station = next(s for s in stations["station"] if s["code"] == stated["station"])
        (rule,) = (r for r in station["threshold"] if r["kind"] == stated["kind"])
        assert rule["value"] == stated[rule["datum"]]


def test_the_stock_serves_the_people_that_the_plan_demands(shapingba):
    kit = resources.resettlement_kit()
    assert kit.people >= 5000
    assert kit.people == kit.lines[0].people


def test_the_reach_in_the_files_is_17_km_long(shapingba):
    river = next(w for w in queries.waters() if w.name == "嘉陵江")
    x, y = to_metric(*shapely.get_coordinates(river.geometry).T)
    assert np.hypot(np.diff(x), np.diff(y)).sum() == pytest.approx(17_000, rel=0.03)
