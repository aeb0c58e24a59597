"""The toll of the newest day stands, in whatever order its versions are written down."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from tests.operations.accidents.conftest import DAY, NOW, registered, take

from anlan.operations.accidents import actions
from anlan.operations.accidents.models import Accident, Toll
from anlan.operations.accidents.rules.level import Figures
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
LATER = NOW + timedelta(days=10)
# Dead on the third, sixth and ninth day: two are found alive in between.
DEAD = {2: 1, 5: 4, 8: 2}


@pytest.mark.parametrize("order", list(permutations(DEAD)))
def test_the_newest_day_stands_in_whatever_order_its_versions_come(people, order):
    pk = registered(people)
    clock.use(DrillClock(LATER))
    for days in order:
        take(people["duty"], actions.correct_figures, pk, figures=Figures(deaths=DEAD[days]),
             reason="核实", as_of=DAY + timedelta(days))  # fmt: skip
    one = Accident.objects.get(pk=pk)
    assert (one.deaths, one.level) == (2, 4)
    assert Toll.objects.filter(accident=pk, counted=True).count() == 4


def test_one_registered_late_follows_its_later_days_by_page_and_by_another_system(people):
    clock.use(DrillClock(LATER))
    pk = registered(people)  # reported on the first day, entered on the eleventh
    browser = people["street"].browser
    said = {"verb": "correct figures", "deaths": "3", "missing": "0", "serious": "0",
            "poisoned": "0", "minor": "0", "loss": "0", "reason": "医治无效"}  # fmt: skip
    sixth, third = (f"{DAY + timedelta(days)}" for days in (5, 2))
    assert browser.post(f"/accidents/{pk}/step", said | {"as_of": sixth}).status_code == 303
    assert Accident.objects.get(pk=pk).level == 3
    assert browser.post(f"/accidents/{pk}/step",
                        said | {"deaths": "1", "as_of": third}).status_code == 303  # fmt: skip
    one = Accident.objects.get(pk=pk)
    assert (one.deaths, one.level) == (3, 3)
    with pytest.raises(Refused, match="Only the bureau"):  # a newer day lowers it: not a street
        take(people["street"], actions.correct_figures, pk, figures=Figures(deaths=2), reason="x")


def test_another_system_sends_versions_out_of_order_and_each_once(people):
    body = {"title": "触电", "unit": "某厂", "area_code": "500106004", "sector": "industry",
            "category": "industrial", "kind": "05", "deaths": 1, "loss": "12.50",
            "occurred_at": "2026-03-02T09:00:00", "known_at": "2026-03-02T09:05:00+08:00",
            "reported_at": "2026-03-02T09:30:00"}  # fmt: skip
    clock.use(DrillClock(LATER))

    def put(**changed):
        answer = people["officer"].browser.put(
            "/api/v1/accidents/reporting/9", json.dumps(body | changed), "application/json"
        )
        return answer.json()["level"]

    sixth, third = ({"as_of": f"{DAY + timedelta(days)}"} for days in (5, 2))
    assert put() == 4
    for _twice in range(2):
        assert put(deaths=3, **sixth) == 3
        assert put(deaths=2, **third) == 3
        body.pop("deaths")  # left out: as many as on the day that is named
        assert put(**sixth, deaths=3) == 3
        assert put() == 3
        body["deaths"] = 3
    assert list(Toll.objects.order_by("as_of").values_list("figures__deaths", flat=True)) == [
        1, 2, 3
    ]  # fmt: skip
    assert (Accident.objects.get().deaths, Accident.objects.get().level) == (3, 3)
