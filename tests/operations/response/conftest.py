"""A small riverside: two streets, four communities, three shelters, a flood plan, an alert."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import shapely

from anlan.operations.people.actions import (
    PLATFORM,
    Actor,
    NewAccount,
    NewOrganisation,
    as_actor,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.resources.actions import NewShelter, NewTeam, load_shelters, load_teams
from anlan.operations.territory.actions import NewArea, NewSite, load_areas, load_sites
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.datum import Datum

START = datetime(2020, 8, 19, 17, 32, tzinfo=CHINA)
JINBI, JINRONG, CIJIANCUN, ZHONGDUKOU = (
    "500106004001", "500106004002", "500106004006", "500106002008",
)  # fmt: skip

PLAN = """
[[plan]]
code = "flood"
name = "Flood plan"
kind = "special"
hazard = "flood"
version = "test"
valid_from = 2020-01-01
issued_by = "Flood headquarters"
assumed = true
source = "made for a test"
review_days = 30
sign_within_min = 15
  [[plan.level]]
  level = 1
  alert_level = 1
  clause = "5.1"
  trigger = "near the record"
  issuer = "Commander"
  right = "response.sign_major"
  situation_report_h = 2
  [[plan.level]]
  level = 2
  alert_level = 2
  clause = "5.2"
  trigger = "over guarantee"
  issuer = "Commander"
  right = "response.sign_major"
  situation_report_h = 3
  [[plan.level]]
  level = 3
  alert_level = 3
  clause = "5.3"
  trigger = "over warning"
  issuer = "Deputy commander"
  right = "response.sign"
  situation_report_h = 6
  [[plan.card]]
  key = "evacuate"
  levels = [1, 2]
  clause = "6.1"
  owner = "community"
  title = "Move {people} people of {area}"
  detail = "before {water}"
  report = "people"
  due_min = 240
  before_water_min = 60
  at_least_min = 30
  water_known = "{day} {time}"
  water_unknown = "the water"
  [[plan.card]]
  key = "patrol"
  levels = [1, 2, 3]
  clause = "6.2"
  owner = "township"
  title = "{area}: patrol the bank"
  detail = "every two hours"
  report = "text"
  due_min = 60
  [[plan.card]]
  key = "open-shelter"
  levels = [1, 2]
  clause = "6.3"
  owner = "shelter"
  title = "Open {shelter} for {people}"
  detail = "count"
  report = "headcount"
  due_min = 90
  [[plan.card]]
  key = "gates"
  levels = [1, 2, 3]
  clause = "6.4"
  owner = "department"
  organisation = "water"
  title = "Close the gates"
  detail = "gate by gate"
  report = "text"
  due_min = 90
  [[plan.card]]
  key = "boats"
  levels = [1, 2]
  clause = "6.5"
  owner = "team"
  skill = "water"
  count = 2
  title = "{area}: boats ready"
  detail = "report on the spot"
  report = "text"
  due_min = 60
"""


@dataclass(frozen=True)
class HitCommunity:
    code: str
    name: str
    people: int
    arrival_at: datetime | None = None


@dataclass(frozen=True)
class HitSite:
    code: str


@dataclass(frozen=True)
class ForecastRun:
    """A stand-in for a forecast's row: only what a response asks of it."""

    id: int = 3
    crest_at: datetime = START + timedelta(hours=9)
    crest_stage_m: float = 194.29
    datum: Datum = Datum.WUSONG
    communities: tuple = (
        HitCommunity(JINBI, "金碧", 400, START + timedelta(hours=2)),
        HitCommunity(JINRONG, "金蓉", 250, START + timedelta(hours=6)),
        HitCommunity(ZHONGDUKOU, "中渡口", 120, None),
    )
    sites: tuple = (HitSite("S-WET"),)


@dataclass(frozen=True)
class PublishedAlert:
    """A stand-in for an alert's row: only what a response asks of it."""

    id: int = 7
    first_id: int = 7
    number: str = "2020-0819-01"
    level: int = 1
    hazard: str = "flood"
    headline: str = "沙坪坝区洪水红色预警"
    area_code: str = "500106"
    run_id: int | None = 3
    community_codes: tuple[str, ...] = (JINBI, JINRONG, ZHONGDUKOU)


@dataclass
class Known:
    """The alerts and forecasts that exist, in the eyes of the response."""

    alerts: dict = field(default_factory=lambda: {7: PublishedAlert()})
    runs: dict = field(default_factory=lambda: {3: ForecastRun()})

    def newest(self):
        return self.runs[max(self.runs)] if self.runs else None


@pytest.fixture
def drill_clock():
    moved = DrillClock(START)
    clock.use(moved)
    return moved


@pytest.fixture
def later(drill_clock):
    def move(**span):
        drill_clock.move_to(clock.now() + timedelta(**span))
        return clock.now()

    return move


@pytest.fixture
def known(monkeypatch):
    world = Known()
    here = "anlan.operations.response"
    incidents = "anlan.operations.incidents"
    for place in (f"{here}.actions.start", f"{incidents}.actions.file",
                  f"{incidents}.queries.next_report"):  # fmt: skip
        monkeypatch.setattr(f"{place}.alert", lambda i, scope=None: world.alerts.get(i))
    for place in ("actions.start", "actions.sheltering", "queries.scene"):
        monkeypatch.setattr(f"{here}.{place}.run", world.runs.get)
    monkeypatch.setattr(f"{here}.actions.course.latest_run", world.newest)
    monkeypatch.setattr(f"{incidents}.queries.next_report.latest_run", world.newest)
    return world


@pytest.fixture
def riverside(db, drill_clock, tmp_path: Path):
    """Areas, shelters, teams, departments and the plan."""
    places = {
        JINBI: ("金碧", 106.450, 29.580), JINRONG: ("金蓉", 106.455, 29.578),
        CIJIANCUN: ("磁建村", 106.452, 29.574), ZHONGDUKOU: ("中渡口", 106.458, 29.566),
    }  # fmt: skip
    streets = {"500106004": "磁器口街道", "500106002": "沙坪坝街道"}
    load_areas(
        PLATFORM,
        [
            NewArea(code="500106", name="沙坪坝区", kind="district", geometry=None,
                    lon=106.45, lat=29.55),
            *(NewArea(code=c, name=n, kind="township", geometry=None, parent_code="500106",
                      lon=106.45, lat=29.57) for c, n in streets.items()),
            *(NewArea(code=c, name=n, kind="community", parent_code=c[:9], lon=lon, lat=lat,
                      geometry=shapely.box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001))
              for c, (n, lon, lat) in places.items()),
        ],
    )  # fmt: skip
    shelters = {
        "S-SCHOOL": (106.4505, 29.5830, JINBI, 300), "S-GYM": (106.4585, 29.5655, ZHONGDUKOU, 600),
        "S-WET": (106.4501, 29.5801, JINBI, 5000),
    }  # fmt: skip
    load_sites(
        PLATFORM,
        [NewSite(code=c, kind="shelter", name=c, area_code=a, lon=x, lat=y)
         for c, (x, y, a, _) in shelters.items()],
    )  # fmt: skip
    load_shelters(
        PLATFORM,
        [NewShelter(code=c, area_code=a, tier="township", duration="short", area_m2=n * 2.0,
                    capacity=n) for c, (_, _, a, n) in shelters.items()],
    )  # fmt: skip
    load_teams(
        PLATFORM,
        [NewTeam(code=f"team-{kind}", name=kind, kind=kind, area_code="500106004", lon=106.45,
                 lat=29.58, members=20, skills=("water",))
         for kind in ("mass", "standing", "professional")],
    )  # fmt: skip
    load_organisations(
        PLATFORM, [NewOrganisation("water", "区水利局", "department", "500106", START.date())]
    )
    (tmp_path / "plans.toml").write_text(PLAN, encoding="utf-8")
    from anlan.operations.response.actions import load_district_files

    load_district_files(PLATFORM, tmp_path)
    return tmp_path


@pytest.fixture
def person(db):
    """Open an account: ``person(username, role, area_code, organisation)`` gives its actor."""

    def open_one(username, role, area_code="500106", organisation="bureau") -> Actor:
        new = NewAccount(
            username=username, password="a long demo password", display_name=username, role=role,
            organisation_code=organisation, area_code=area_code,
        )  # fmt: skip
        return as_actor(Account.objects.get(pk=open_account(PLATFORM, new)))

    return open_one


@pytest.fixture
def sight():
    """The scope of an actor's account."""
    return lambda actor: scope_of(Account.objects.get(pk=actor.id))


@pytest.fixture
def officer(person):
    return person("chenli", "duty_officer")


@pytest.fixture
def leader(person):
    return person("helan", "duty_leader")


@pytest.fixture
def commander(person):
    return person("luoyuan", "district_leader")


@pytest.fixture
def ciqikou(person):
    return person("ciqikou", "township", "500106004", "500106004")


@pytest.fixture
def standby(riverside, known):
    """A level I response that the red alert proposes."""
    from anlan.operations.response.actions import propose

    return propose(7)


@pytest.fixture
def running(standby, commander):
    """The response, signed, with its shelters assigned."""
    from anlan.operations.response.actions import assign_shelters, sign_activation

    sign_activation(commander, standby)
    assign_shelters(standby)
    return standby


@pytest.fixture
def on_file(riverside, known, officer, commander):
    """The response of an event file that stands open: (incident id, activation id)."""
    from anlan.operations.incidents.actions import open_incident, propose_incident
    from anlan.operations.response.actions import assign_shelters, propose, sign_activation

    incident_id = propose_incident(7)
    open_incident(officer, incident_id)
    activation_id = propose(7)
    sign_activation(commander, activation_id)
    assign_shelters(activation_id)
    return incident_id, activation_id
