"""Ways round the rules of the loop and round one's sight, each of them closed."""

from datetime import date

import pytest
from tests.operations.safety.conftest import CODE, photograph
from tests.operations.safety.test_loop import REPORT, assign, found, take

from anlan.operations.deadlines.actions import NewItem, open_item
from anlan.operations.deadlines.queries import late_items
from anlan.operations.registers.queries import Wrong, parsed
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def test_nobody_writes_that_a_danger_came_from_the_hotline(people):
    one = people["grid"]
    find = Find(key="x", title="漏电", area_code="500106004", sector="commerce", unit="便民商店",
                source=Source.HOTLINE)  # fmt: skip
    with pytest.raises(Refused, match="entered at the hotline"):
        actions.find_danger(one.actor, one.person, find)
    assert "hotline" not in DANGERS.field("source").offered
    with pytest.raises(Wrong):
        parsed(DANGERS.field("source"), "12350")


def grade_major(people, danger_id):
    take(people["industry"], actions.grade_danger, danger_id, grade=Grade.MAJOR, clause="第4条")


def test_a_returned_major_danger_keeps_its_provisions_and_gets_no_time_without_them(people, found):
    firm, unit = people["manager"], people["industry"]
    grade_major(people, found)
    assign(people, found)
    take(firm, actions.plan_rectification, found, five=dict.fromkeys(FIVE, "有"))
    take(firm, actions.begin_rectification, found)
    photograph(firm, found, "after")
    photograph(firm, found, "report")
    take(firm, actions.report_to_regulator, found, report=REPORT)
    take(firm, actions.report_to_congress, found, report=REPORT)
    take(firm, actions.submit_rectification, found, report="好")
    take(unit, actions.return_danger, found, reason="未清")
    with pytest.raises(Refused, match="all five"):
        take(firm, actions.plan_rectification, found, five={})


def test_a_major_danger_is_not_made_general_by_moving_it_about(people, found):
    unit, fire = people["industry"], people["fire"]
    grade_major(people, found)
    take(unit, actions.transfer_danger, found, to="fire", sector="", reason="消防通道")
    take(fire, actions.send_back_danger, found, reason="不属消防")
    with pytest.raises(Refused, match="leader lowers"):
        take(unit, actions.grade_danger, found, grade=Grade.GENERAL)


def test_a_deadline_is_not_put_off_by_assigning_again(people, found):
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found, date(2026, 3, 20))
    with pytest.raises(Refused, match="deadline stands"):
        assign(people, found, date(2026, 6, 1))
    assign(people, found, date(2026, 3, 18))


def test_a_transferred_danger_is_seen_by_its_receiver_and_goes_to_no_unknown_unit(people, found):
    unit, fire = people["industry"], people["fire"]
    with pytest.raises(Refused, match="another unit"):
        take(unit, actions.transfer_danger, found, to="nobody", sector="fire", reason="移")
    take(unit, actions.transfer_danger, found, to="fire", sector="", reason="消防通道")
    assert fire.browser.get(f"/dangers/{found}").status_code == 200
    take(fire, actions.take_over_danger, found)


def test_whoever_once_worked_on_it_never_re_checks_it(people, found):
    """An authority that wrote down for a firm without accounts may have two of its people at it."""
    Enterprise.objects.get().members.update(until=clock.now())
    unit, street = people["industry"], people["street"]
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    Danger.objects.update(rectifier=None)
    photograph(unit, found, "after")
    take(unit, actions.begin_rectification, found)
    take(street, actions.submit_rectification, found, report="好")
    with pytest.raises(Refused, match="Who rectified"):
        take(unit, actions.accept_danger, found, finding="合格")


def test_the_enterprises_file_shows_only_the_dangers_within_ones_sight(people, works):
    officer = people["officer"]
    find = Find(key="f", title="疏散通道堵塞", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(officer.actor, officer.person, find)
    take(officer, actions.transfer_danger, pk, to="fire", sector="fire", reason="移")
    assert (
        "疏散通道堵塞"
        not in people["industry"].browser.get(f"/enterprises/{works}").content.decode()
    )
    assert people["fire"].browser.get(f"/enterprises/{works}").status_code == 404
    assert (
        f"/enterprises/{works}" not in people["fire"].browser.get(f"/dangers/{pk}").content.decode()
    )


def test_what_is_late_in_another_sector_is_not_told(people):
    open_item(
        NewItem(key="x", kind="danger", title="Rectify %(title)s", action="Begin", link="/",
                right="safety.regulate", area_code="500106004", sector="industry",
                due_at=clock.now().replace(year=2025), parameters={"title": "试"})
    )  # fmt: skip
    assert [len(late_items(people[one].scope)) for one in ("officer", "industry", "fire")] == [
        1,
        1,
        0,
    ]


def test_a_department_brings_no_enterprise_of_another_sector_by_the_api(people, works):
    firm = {"credit_code": CODE, "name": "鑫源五金厂", "area_code": "500106004001",
            "address": "某路", "sector": "commerce"}  # fmt: skip
    answer = people["industry"].browser.put(
        "/api/v1/enterprises/own/1", firm, content_type="application/json"
    )
    assert answer.status_code == 409
    assert Enterprise.objects.get().sector == "industry"
