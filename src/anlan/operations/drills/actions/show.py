"""A whole show: gather the cast, play the scenario, keep what the report needs."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from anlan.operations.drills.actions.bulletins import Bulletins
from anlan.operations.drills.actions.conduct import Cast, Conductor, Stuck
from anlan.operations.drills.actions.decisions import (
    Decisions,
    NotAllowed,
    NothingToAnswer,
    name_of,
)
from anlan.operations.drills.actions.devices import Devices, NoSuchStation
from anlan.operations.drills.actions.ledger import Ledger, open_ledger
from anlan.operations.drills.actions.platform import Platform
from anlan.operations.drills.actions.receipts import Receipts
from anlan.operations.drills.rules.played import Played, Wall
from anlan.operations.drills.rules.scenario import Decision, Scenario
from anlan.operations.drills.rules.series import first_reach
from anlan.operations.people.actions import PLATFORM, Actor, NewAccount, as_actor, open_account
from anlan.operations.sensing.queries import station, thresholds
from anlan.vocabulary.datum import Datum, Stage
from anlan.vocabulary.elements import Element

FAULTS = (NothingToAnswer, NotAllowed, NoSuchStation, Stuck)


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How to play: virtual seconds a real second (None: full speed), what people do by hand."""

    scenario: Scenario
    speed: float | None = None
    by_hand: frozenset[str] = frozenset()
    shift_hours: float = 0.0
    raise_m: float = 0.0


def play(direction: Direction, platform: Platform, stop: threading.Event) -> Played:
    """Play the scenario on a running platform; a drill that fails is told, not raised."""
    ledger = open_ledger()
    scenario = direction.scenario
    reached = crossings(scenario)
    must_by = {
        d.number: min(at + d.within, scenario.ends)
        for d in scenario.decisions
        if (at := reached.get(d.needs)) is not None
    }
    actors = gather(scenario)
    people = Decisions(scenario.decisions, actors, must_by, direction.by_hand)
    caller = actors.get(scenario.silence.by) if scenario.silence else None
    fault = ""
    with Devices(platform.gateway, ledger) as devices:
        recipients = Receipts(scenario, caller, direction.by_hand)
        cast = Cast(devices, Bulletins(scenario), people, recipients)
        try:
            Conductor(scenario, platform, cast, direction.speed).play(stop)
        except FAULTS as found:
            fault = str(found)
    return Played(
        scenario=scenario,
        shift_hours=direction.shift_hours,
        raise_m=direction.raise_m,
        frames_sent=devices.sent,
        frames_acked=devices.acked,
        taken=tuple(people.taken),
        stood_down=tuple(_stood_down(scenario, must_by, people)),
        finished=not fault and not stop.is_set(),
        fault=fault,
        wall=_wall(ledger),
    )


def crossings(scenario: Scenario) -> dict[str, datetime]:
    """When the played series reaches each threshold of the key station for its whole duration."""
    source = next(i for i in scenario.inputs if i.station == scenario.key_station)
    row = station(scenario.key_station)
    if row is None or source.datum is None:
        raise NoSuchStation(f"the district has no stage station {scenario.key_station}")
    points = scenario.points(source)
    found = {}
    for limit in thresholds(scenario.key_station):
        if limit.element != Element.STAGE:
            continue
        stage = Stage(limit.value, Datum(limit.datum)).to(source.datum, row.offset_m or 0.0)
        at = first_reach(points, stage.metres, timedelta(seconds=limit.duration_s))
        if at is not None:
            found[limit.kind] = at
    return found


def gather(scenario: Scenario) -> dict[str, Actor]:
    """The accounts that decide: the named ones, else others of their role, else new ones."""
    accounts = get_user_model().objects.filter(is_active=True)
    actors = {}
    for username, role in scenario.people.items():
        account = accounts.filter(username=username).first()
        account = account or accounts.filter(role=role).order_by("pk").first()
        if account is None:
            new = NewAccount(
                username=username, password=f"drill {username} only", display_name=username,
                role=role, organisation_code="", area_code=_district(scenario),
            )  # fmt: skip
            account = accounts.get(pk=open_account(PLATFORM, new))
        actors[username] = as_actor(account)
    return actors


def _district(scenario: Scenario) -> str:
    row = station(scenario.key_station)
    return "" if row is None else row.serves


def _stood_down(
    scenario: Scenario, must_by: Mapping[int, datetime], people: Decisions
) -> list[str]:
    def idle(decision: Decision) -> bool:
        return decision.number not in must_by and decision.number not in people.found

    return [name_of(decision) for decision in scenario.decisions if idle(decision)]


def _wall(ledger: Ledger) -> Wall:
    return Wall(ledger.seconds(), tuple(ledger.alarm_s), tuple(ledger.draft_s))
