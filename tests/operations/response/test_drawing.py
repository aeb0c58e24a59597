"""Cards become tasks: one for each owner that the emergency concerns."""

from datetime import datetime, timedelta

from anlan.operations.response.rules.plan import CardText
from anlan.operations.response.rules.tasks import (
    Community,
    Force,
    Opening,
    Scene,
    affected_townships,
    draw,
    due_before_water,
    first_out,
    still_apply,
)
from anlan.vocabulary.clock import CHINA

NOW = datetime(2020, 8, 19, 17, 0, tzinfo=CHINA)
MOVE = CardText(
    "move", (1, 2), "6.1", "community", "{area} {people}", "{water}", "people", 240, 60, 30,
    water_known="{day} {time}", water_unknown="soon",
)  # fmt: skip
PATROL = CardText("patrol", (1, 2, 3), "6.2", "township", "{area}", "", "text", 60)
GATES = CardText("gates", (1,), "6.3", "department", "gates", "", "text", 60, organisation="water")
BOATS = CardText("boats", (1,), "6.4", "team", "{area}", "", "text", 60, skill="water", count=2)
OPEN = CardText("open", (1,), "6.5", "shelter", "{shelter} {people}", "", "headcount", 60)


def test_every_owner_gets_the_card_once():
    scene = Scene(
        "500106",
        communities=[Community("500106004001", "金碧", 1400, NOW + timedelta(hours=9))],
        townships=[("500106004", "磁器口街道")],
        departments=[("water", "区水利局")],
        teams=[Force("t1", "一队", "500106004", "standing", ("water",))],
        openings=[Opening("S1", "小学", "500106004001", 388)],
    )
    drawn = draw([MOVE, PATROL, GATES, BOATS, OPEN], 1, NOW, scene)
    assert [(t.key, t.owner_name, t.area_code, t.target) for t in drawn] == [
        ("move:500106004001", "金碧", "500106004001", 1400),
        ("patrol:500106004", "磁器口街道", "500106004", None),
        ("gates:water", "区水利局", "500106", None),
        ("boats:t1", "一队", "500106004", None),
        ("open:S1", "小学", "500106004001", 388),
    ]
    assert drawn[0].title == "金碧 1,400"
    assert drawn[0].detail == "20 02:00"
    assert drawn[4].title == "小学 388"


def test_a_level_draws_only_its_own_cards():
    scene = Scene("500106", townships=[("500106004", "x")])
    assert [t.card_key for t in draw([MOVE, PATROL, GATES], 3, NOW, scene)] == ["patrol"]
    assert still_apply([MOVE, PATROL, GATES], 2) == {"move", "patrol"}


def test_nobody_affected_gives_no_evacuation():
    assert draw([MOVE], 1, NOW, Scene("500106")) == []


def test_the_deadline_lies_before_the_first_water():
    water_at = NOW + timedelta(hours=3)
    assert due_before_water(MOVE, NOW, water_at) == NOW + timedelta(hours=2)


def test_unknown_or_late_water_leaves_the_cards_own_deadline():
    assert due_before_water(MOVE, NOW, None) == NOW + timedelta(hours=4)
    assert due_before_water(MOVE, NOW, NOW + timedelta(hours=20)) == NOW + timedelta(hours=4)


def test_water_at_the_door_still_leaves_half_an_hour():
    assert due_before_water(MOVE, NOW, NOW) == NOW + timedelta(minutes=30)


def test_teams_go_out_in_call_out_order():
    teams = [
        Force("m", "", "", "mass", ("water",)),
        Force("s", "", "", "standing", ("water",)),
        Force("p", "", "", "professional", ("forest",)),
        Force("p2", "", "", "professional", ("water", "flood")),
    ]
    assert [t.code for t in first_out(teams, "water", 2)] == ["p2", "s"]


def test_townships_are_those_of_the_communities():
    assert affected_townships(["500106004001", "500106004002", "500106002008", "500106013"]) == [
        "500106002",
        "500106004",
        "500106013",
    ]
