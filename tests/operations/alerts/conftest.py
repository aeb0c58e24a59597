"""A small riverside district: three communities, six homes each, two grid workers, one forecast.

What other contexts know stands in here as plain rows, so that only alerts and messaging are tried.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module

import pytest
from shapely.geometry import box

from anlan.operations.alerts.actions import compose, drafting, targets, watching
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.messaging.actions import deliver_queued
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    as_actor,
    open_account,
    relay_events,
    seal_text,
)
from anlan.operations.people.models import Account
from anlan.vocabulary import clock

# The package's `propose` is the action; this is its module.
proposing = import_module("anlan.operations.alerts.actions.propose")
facing = import_module("anlan.operations.alerts.queries.face")
pages = import_module("anlan.operations.alerts.views")

START = datetime(2020, 8, 19, 17, 0, tzinfo=clock.CHINA)
DISTRICT = "500106"
COMMUNITIES = {
    "500106004001": "金碧",
    "500106004002": "金蓉",
    "500106013008": "滨江",
}
WEST, SOUTH, STEP = 106.44, 29.57, 0.006


@dataclass
class Row:
    """A row of another context, by its fields."""

    values: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.values[name]
        except KeyError as fault:
            raise AttributeError(name) from fault


def row(**values):
    return Row(values)


class World:
    """What the other contexts would answer."""

    def __init__(self):
        self.runs = {}
        self.offset_m = 1.64
        self.places = {
            code: box(WEST + n * STEP, SOUTH, WEST + (n + 1) * STEP, SOUTH + STEP)
            for n, code in enumerate(COMMUNITIES)
        }
        self.homes = [
            row(
                id=100 * (n + 1) + k, code=f"H{n}{k}", area_code=code,
                lon=WEST + (n + (k + 1) / 7) * STEP, lat=SOUTH + STEP / 2, people=3,
                needs_help=False, masked_name="王**", masked_phone="138****0000",
                phone_sealed=b"" if k == 5 else seal_text(f"1380000{n}{k:03d}"),
            )
            for n, code in enumerate(COMMUNITIES)
            for k in range(6)
        ]  # fmt: skip
        self.people = [
            row(
                id=10 + n, kind="grid_worker", name=f"网格员{n}", masked_phone="139****0000",
                phone_sealed=seal_text(f"1390000000{n}"), area_code=code, site_code="",
                organisation=COMMUNITIES[code],
            )
            for n, code in enumerate(COMMUNITIES)
        ]  # fmt: skip

    def forecast(self, number, crest_m, communities=None, hours=8, datum="wusong"):
        """A finished run that floods the lower half of these communities."""
        codes = list(COMMUNITIES)[:2] if communities is None else communities
        features = [
            {
                "type": "Feature",
                "properties": {"class": 3},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [list(box(*self.places[c].bounds[:3], SOUTH + 0.7 * STEP)
                                         .exterior.coords)],
                },
            }
            for c in codes
        ]  # fmt: skip
        now = clock.now()
        self.runs[number] = row(
            id=number, key=f"run-{number}", issued_at=now, crest_at=START + timedelta(hours=hours),
            crest_stage_m=crest_m, datum=datum, folder="", frames=(),
            crest_band_m=(crest_m - 0.4, crest_m + 0.5),
            max_extent={"type": "FeatureCollection", "features": features}, sites=[],
            households=6 * len(codes), people=18 * len(codes), area_m2=300_000.0,
            communities=[
                row(code=c, name=COMMUNITIES[c], people=18, households=6, max_depth_m=1.4,
                    arrival_at=START + timedelta(hours=4))
                for c in codes
            ],
        )  # fmt: skip
        return number

    def hit(self, run_id):
        codes = {c.code for c in self.runs[run_id].communities}
        arrival = START + timedelta(hours=4)
        return [(h.id, 1.4, arrival) for h in self.homes if h.area_code in codes]


@pytest.fixture
def world(monkeypatch, drill_clock):
    made = World()
    codes = set(COMMUNITIES)
    monkeypatch.setattr(compose.forecasts, "run", made.runs.get)
    monkeypatch.setattr(targets, "run", made.runs.get)
    monkeypatch.setattr(facing, "run", made.runs.get)
    monkeypatch.setattr(targets, "households_hit", made.hit)
    monkeypatch.setattr(compose, "station", lambda code: row(offset_m=made.offset_m))
    names = {"500106004": "磁器口街道", "500106013": "土湾街道", **COMMUNITIES}
    for module in (compose, drafting, proposing, watching, facing):
        monkeypatch.setattr(
            module, "area_names",
            lambda wanted=None: {c: names[c] for c in (wanted or names) if c in names},
        )  # fmt: skip
    listed = [
        row(code=c, name=COMMUNITIES[c], lon=p.centroid.x, lat=p.centroid.y, people=18,
            households=6)
        for c, p in made.places.items()
    ]  # fmt: skip
    monkeypatch.setattr(targets, "areas", lambda kind=None, within=None: listed)
    monkeypatch.setattr(drafting, "territory_areas", lambda kind=None, within=None: listed)
    monkeypatch.setattr(pages, "areas", lambda kind=None, within=None: listed)
    for module in (compose, drafting):
        monkeypatch.setattr(module, "outlines", lambda kind, within=None: made.places)
    monkeypatch.setattr(
        targets, "households_in",
        lambda area_codes=None: [h for h in made.homes if h.area_code in set(area_codes or codes)],
    )  # fmt: skip
    monkeypatch.setattr(
        targets, "responsible_within",
        lambda wanted: [p for p in made.people if p.area_code in set(wanted)],
    )  # fmt: skip
    monkeypatch.setattr(targets, "sites", lambda scope, kind=None: [])
    refuge = row(code="S1", name="磁器口小学", lon=106.43, lat=29.60, capacity=400, occupied=0)
    monkeypatch.setattr(targets, "shelters", lambda: [refuge])
    return made


@pytest.fixture
def drill_clock():
    moved = clock.DrillClock(START)
    clock.use(moved)
    return moved


@pytest.fixture(autouse=True)
def an_exercise(settings, tmp_path):
    settings.ANLAN_STANDING = "Exercise"
    settings.ANLAN_DISTRICT = "shapingba"
    settings.ANLAN_HOME = tmp_path


@pytest.fixture
def people(db):
    """One actor a role."""
    found = {}
    for name, role, area, post in (
        ("陈立", "duty_officer", DISTRICT, "值班员"),
        ("周敏", "section_head", DISTRICT, "防汛科长"),
        ("何岚", "duty_leader", DISTRICT, "带班领导"),
        ("罗远", "district_leader", DISTRICT, "副区长"),
        ("街道", "township", "500106004", "值班室"),
        ("邻街", "township", "500106008", "值班室"),
        ("网格", "grid_worker", "500106004001", "网格员"),
    ):
        key = role if name != "邻街" else "other_township"
        pk = open_account(
            PLATFORM,
            NewAccount(username=key, password="a long demo password", display_name=name, role=role,
                       organisation_code="x", area_code=area, post=post),
        )  # fmt: skip
        found[key] = as_actor(Account.objects.get(pk=pk))
    return found


@pytest.fixture
def settle():
    """Reactions, timers and letters until nothing is left to do."""

    def go():
        for _ in range(1000):
            if not relay_events() + run_due_timers() + deliver_queued():
                return
        raise AssertionError("it never settles")

    return go


@pytest.fixture
def until(drill_clock, settle):
    """Let time pass, with everything that falls due on the way."""
    from anlan.operations.deadlines.queries import next_timer_at

    def go(**span):
        end = clock.now() + timedelta(**span)
        settle()
        while (due := next_timer_at()) is not None and due <= end:
            drill_clock.move_to(due)
            settle()
        drill_clock.move_to(end)
        settle()

    return go
