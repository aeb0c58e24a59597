"""Ways round the rules of the loop and round one's sight, each of them closed."""

import io
from datetime import date

import pytest
from tests.operations.safety.conftest import CODE, photograph, picture
from tests.operations.safety.test_loop import REPORT, assign, found, take

from anlan.operations.deadlines.actions import Leave, NewItem, be_away, open_item
from anlan.operations.deadlines.queries import desk, late_items
from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Wrong, parsed
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find
from anlan.operations.safety.models import Danger, Enterprise, HandlingTerms, Membership
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.sampling import drawn
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


@pytest.fixture
def assigned(people, found):
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found, date(2026, 3, 20))
    return found


def test_a_deadline_is_not_put_off_by_way_of_enforcement(people, assigned):
    take(people["industry"], actions.hand_to_enforcement, assigned, reason="拒不整改")
    take(people["industry"], actions.take_back_from_enforcement, assigned, reason="证据不足")
    with pytest.raises(Refused, match="deadline stands"):
        assign(people, assigned, date(2026, 6, 1))
    assign(people, assigned, date(2026, 3, 20))


def test_more_time_is_given_once_wherever_the_danger_was_meanwhile(people, assigned):
    firm, leader = people["manager"], people["industry_leader"]
    more = {"controls": "专人看守", "reason": "备件未到"}
    take(firm, actions.begin_rectification, assigned)
    take(firm, actions.ask_for_more_time, assigned, until=date(2026, 4, 10), **more)
    take(leader, actions.give_more_time, assigned)
    take(people["industry"], actions.hand_to_enforcement, assigned, reason="拒不整改")
    take(people["industry"], actions.take_back_from_enforcement, assigned, reason="证据不足")
    with pytest.raises(Refused, match="deadline stands"):
        assign(people, assigned, date(2026, 4, 11))
    assign(people, assigned, date(2026, 4, 10))
    take(firm, actions.begin_rectification, assigned)
    with pytest.raises(Refused, match="given once"):
        take(firm, actions.ask_for_more_time, assigned, until=date(2026, 5, 1), **more)


@pytest.mark.parametrize(("closed_on", "closing"), [("2026-03-20", "in_time"),
                                                   ("2026-04-01", "too_late")])  # fmt: skip
def test_closed_in_time_is_by_the_first_deadline(people, assigned, closed_on, closing):
    firm, leader = people["manager"], people["industry_leader"]
    take(firm, actions.begin_rectification, assigned)
    take(firm, actions.ask_for_more_time, assigned, until=date(2026, 4, 10), controls="看守",
         reason="备件未到")  # fmt: skip
    take(leader, actions.give_more_time, assigned)
    Danger.objects.update(state="CLOSED", closed_on=closed_on)
    for key, n in (("in_time", 1), ("too_late", 1)):
        listed = people["industry"].browser.get(f"/dangers?view=&closing={key}").context["page"]
        assert listed.count == (n if key == closing else 0), key


def test_only_what_was_raised_or_is_anothers_now_gets_a_deadline_of_its_own(people, assigned):
    unit, fire = people["industry"], people["fire"]
    take(unit, actions.transfer_danger, assigned, to="fire", sector="fire", reason="移")
    take(fire, actions.take_over_danger, assigned)
    take(fire, actions.grade_danger, assigned, grade=Grade.GENERAL)
    given = actions.Assignment(
        rectifier=None, rectifier_name="唐勇", supervisor=fire.account.pk, supervisor_name="王",
        due_on=date(2026, 4, 1),
    )  # fmt: skip
    actions.assign_danger(fire.actor, fire.person, assigned, given)
    take(fire, actions.transfer_danger, assigned, to="industry", sector="industry", reason="还")
    take(unit, actions.take_over_danger, assigned)
    take(unit, actions.grade_danger, assigned, grade=Grade.GENERAL)
    with pytest.raises(Refused, match="deadline stands"):
        assign(people, assigned, date(2026, 3, 25))  # its own was the twentieth
    take(unit, actions.raise_to_major, assigned, clause="第4条")
    assign(people, assigned, date(2026, 6, 1))
    assert Danger.objects.get(pk=assigned).due_on == date(2026, 6, 1)


def test_who_rectified_an_own_find_closes_it_only_where_nobody_else_could(people, works):
    firm, street, pk = people["manager"], people["street"], own_find(people, works, "o1")
    colleague = Membership.objects.create(
        enterprise_id=works, account=people["stranger"].account, since=clock.now()
    )
    with pytest.raises(Refused, match="another of the enterprise"):
        take(firm, actions.close_own_find, pk)
    take(people["stranger"], actions.close_own_find, pk)
    assert not Danger.objects.get(pk=pk).steps.filter(verb="draw").exists()
    colleague.until = clock.now()
    colleague.save()
    HandlingTerms.objects.create(valid_from="2026-01-01", values={}, second_looks=1, source="试")
    pk = own_find(people, works, "o2")
    take(firm, actions.close_own_find, pk)
    lot = Danger.objects.get(pk=pk).steps.get(verb="draw").said
    assert (lot["share"], lot["drawn"]) == (1, True)
    assert drawn(lot["seed"], Danger.objects.get(pk=pk).number, lot["share"])
    assert [one.key for one in desk(street.scope) if one.key.startswith("second")] == [
        f"second look:{pk}"
    ]
    with pytest.raises(Refused, match="street looks again"):
        take(people["other_street"], actions.look_again, pk, right=True, finding="好")
    sent = {"verb": "look again", "right": "no", "reason": "仍未修复"}
    street.browser.post(f"/dangers/{pk}/step", sent)
    assert not [one for one in desk(street.scope) if one.key.startswith("second")]
    again = Danger.objects.latest("pk")
    assert (again.source, again.repeat, again.enterprise_id) == ("inspection", True, works)
    assert Danger.objects.get(pk=pk).state == "CLOSED"
    with pytest.raises(Refused, match="not drawn"):
        take(street, actions.look_again, pk, right=True, finding="好")


def own_find(people, works, key):
    firm = people["manager"]
    find = Find(key=key, title="灯坏", area_code="", sector="", source=Source.SELF_CHECK,
                enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(firm.actor, firm.person, find)
    take(firm, actions.grade_danger, pk, grade=Grade.GENERAL)
    given = actions.Assignment(
        rectifier=firm.account.pk, rectifier_name="唐勇", supervisor=None, supervisor_name="",
        due_on=date(2026, 3, 20),
    )  # fmt: skip
    actions.assign_danger(firm.actor, firm.person, pk, given)
    take(firm, actions.begin_rectification, pk)
    for moment in ("before", "after"):
        photograph(firm, pk, moment)
    take(firm, actions.submit_rectification, pk, report="已换")
    return pk


def test_how_many_are_drawn_for_a_second_look_is_the_districts_share(people, works):
    HandlingTerms.objects.create(valid_from="2026-01-01", values={}, second_looks=0, source="试")
    pk = own_find(people, works, "o3")
    take(people["manager"], actions.close_own_find, pk)
    assert Danger.objects.get(pk=pk).steps.get(verb="draw").said["drawn"] is False
    assert not [one for one in desk(people["street"].scope) if one.key.startswith("second")]
    numbers = [f"2026-{n:06d}" for n in range(4000)]
    assert 340 < sum(drawn("9f", number, 0.1) for number in numbers) < 460


def test_the_supervisor_who_was_chosen_re_checks_and_his_deputy_when_he_is_away(people, found):
    unit, firm = people["industry"], people["manager"]
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    chief = Account.objects.create(
        username="chief", display_name="周科", role="department", organisation_code="industry",
        area_code="500106", sector="industry",
    )  # fmt: skip
    sent = {"verb": "assign", "rectifier": firm.account.pk, "due_on": "2026-03-20"}
    page = unit.browser
    page.post(f"/dangers/{found}/step", sent | {"supervisor": people["fire"].account.pk})
    assert Danger.objects.get(pk=found).state == "GRADED"  # the fire brigade's officer is not ours
    assert "周科" in page.get(f"/dangers/{found}").content.decode()
    page.post(f"/dangers/{found}/step", sent | {"supervisor": chief.pk})
    assert Danger.objects.get(pk=found).supervisor_name == "周科"
    take(firm, actions.begin_rectification, found)
    photograph(firm, found, "after")
    take(firm, actions.submit_rectification, found, report="好")

    def waits(scope):
        return [one.key for one in desk(scope) if one.key == f"danger:{found}"]

    assert waits(scope_of(chief))
    assert not waits(unit.scope)
    be_away(as_actor(chief), Leave(
        account_id=chief.pk, deputy_id=unit.account.pk, first_on=date(2026, 3, 2),
        last_on=date(2026, 3, 9),
    ))  # fmt: skip
    assert waits(unit.scope)


def test_a_photo_of_the_danger_page_says_when_and_where_the_phone_was(people, found):
    sent = io.BytesIO(picture())
    sent.name = "x.jpg"
    page, address = people["manager"].browser, f"/dangers/{found}/photo"
    said = {"moment": "before", "taken_at": "2026-03-02T08:55:00+08:00", "lon": "106.45",
            "lat": "29.57"}  # fmt: skip
    page.post(address, {"photo": sent, **said})
    shot = Danger.objects.get(pk=found).photos.get()
    assert (shot.taken_at.astimezone(clock.CHINA).hour, shot.lon, shot.lat) == (8, 106.45, 29.57)
    sent.seek(0)
    assert page.post(address, {"photo": sent, **said, "taken_at": "x"}).status_code == 400


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
