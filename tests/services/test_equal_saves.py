"""Two people who save the same at one moment, on PostgreSQL: it stands once, and nobody fails."""

import pytest
from tests.portal.running import python

from .parts import beside
from .test_recorders import NoBus

pytestmark = pytest.mark.services
SCRIPT = """
import threading
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import connections
from anlan.operations.checks.actions import Checker, put_item
from anlan.operations.checks.actions.sent import put_plan
from anlan.operations.checks.models import CheckItem, InspectionPlan
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.people.queries import Scope
from anlan.operations.sensing.actions import *
from anlan.operations.sensing.models import AlarmRule, HealthLimit, TopicMapping
from anlan.operations.sensing.rules.health_limits import LimitRow
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.vocabulary import clock

for n in "ab":
    register_stations(PLATFORM, [NewStation(
        code=n, name=n, kind="stage", lon=106.4, lat=29.6, area_code="500106", interval_s=300,
        elements=("stage",), device=n, datum="wusong", site_code="slope")], [])
load_sites(PLATFORM, [NewSite(code="slope", kind="smart_geohazard", name="s", area_code="500106",
                              lon=106.4, lat=29.6)])
item = {"code": "exit", "text": "t", "basis": "b", "clause": "c", "weight": "key",
        "cycle": "daily"}
plan = {"name": "p", "area_code": "500106004", "months": "1", "use": "enforcement"}
scope = Scope(None, "township", frozenset({"safety.regulate"}), "territory", "500106004", None)
street = Checker(PLATFORM, scope, "500106004")
topic = {"name": "t", "topic": "a/#", "values": "$.x crack_width"}

class Slow(clock.WallClock):
    def now(self):  # between the look and the write of every one of these actions
        self.sleep(0.2)
        return super().now()

clock.use(Slow())
day = clock.today() + timedelta(days=1)

def rule(series):
    return NewRule(site="slope", kind=RuleKind.EXPRESSION, name="r", source="x", datum="wusong",
                   expression=f"{series}.stage > 1")

def saves(n):
    yield lambda: save_topic_map(PLATFORM, topic)
    yield lambda: set_health_limit(
        PLATFORM, LimitRow(name="battery_v", value=11.0, valid_from=day, source="x"))
    yield lambda: set_rule(PLATFORM, rule("ab"[n]))
    yield lambda: put_item(PLATFORM, item)
    yield lambda: put_item(PLATFORM, item | {"text": "t2"})
    yield lambda: put_plan(street, plan, ("oa", "P-1"))

faults = []
def person(n, together):
    for save in saves(n):
        together.wait()
        try:
            save()
        except Exception as fault:
            faults.append(f"{type(fault).__name__}: {fault}"[:60])
    connections.close_all()

together = threading.Barrier(2)
people = [threading.Thread(target=person, args=(n, together)) for n in range(2)]
[one.start() for one in people]
[one.join() for one in people]
print(faults, TopicMapping.objects.count(), HealthLimit.objects.filter(name="battery_v",
      source="x").count(), AlarmRule.objects.count(),
      [(one.version, one.text) for one in CheckItem.objects.order_by("version")],
      InspectionPlan.objects.count())
"""
TAKEN = "Refused: A rule of this name is in force already. Change it, or choose "


def test_what_two_people_save_at_one_moment_stands_once(tmp_path, database):
    said = python(tmp_path, SCRIPT, beside(tmp_path, database, NoBus))
    assert said.strip() == f"{[TAKEN[:60]]} 1 1 1 [(1, 't'), (2, 't2')] 1"
