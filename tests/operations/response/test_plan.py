"""A plan's file is read whole or refused with the place of its fault."""

import tomllib
from pathlib import Path

import pytest

import anlan.districts
from anlan.operations.response.rules.plan import BadPlan, read_plan

SHAPINGBA = Path(anlan.districts.__file__).parent / "shapingba" / "plans.toml"


@pytest.fixture
def document():
    return tomllib.loads(SHAPINGBA.read_text(encoding="utf-8"))["plan"][0]


def test_the_districts_flood_plan_reads(document):
    plan = read_plan(document)
    assert plan.assumed
    assert [level.level for level in plan.levels] == [1, 2, 3, 4]


def test_issuers_follow_the_rule_book(document):
    """Levels I and II take the commander, III and IV the headquarters' own people."""
    plan = read_plan(document)
    rights = [plan.level(n).right for n in (1, 2, 3, 4)]
    assert rights == ["response.sign_major"] * 2 + ["response.sign"] * 2


def test_situation_reports_come_every_1_to_3_hours_then_6_to_12(document):
    plan = read_plan(document)
    assert all(1 <= plan.level(n).situation_report_h <= 3 for n in (1, 2))
    assert all(6 <= plan.level(n).situation_report_h <= 12 for n in (3, 4))


@pytest.mark.parametrize(("alert", "response"), [(1, 1), (2, 2), (3, 3), (4, 4)])
def test_an_alert_asks_for_the_response_of_its_level(document, alert, response):
    assert read_plan(document).level_for(alert) == response


def test_an_alert_below_every_level_asks_for_nothing(document):
    document["level"] = [one for one in document["level"] if one["level"] < 3]
    assert read_plan(document).level_for(4) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.pop("clause", None) or d["level"][0].pop("clause"), "clause"),
        (lambda d: d["level"][0].update(right="response.view"), "signing right"),
        (lambda d: d["card"][0].update(title="{villain} comes"), "villain"),
        (lambda d: d["card"][0].update(organisation="water"), "organisation"),
        (lambda d: d["card"].append(dict(d["card"][0])), "twice"),
        (lambda d: d.pop("issued_by"), "issued_by"),
    ],
)
def test_a_fault_in_the_file_is_named(document, change, words):
    change(document)
    with pytest.raises(BadPlan, match=words):
        read_plan(document)
