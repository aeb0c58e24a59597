"""Who is next with a danger, until when, and who is told when it is late."""

import json
from datetime import date, datetime, timedelta

import pytest
from tests.operations.safety.conftest import photograph
from tests.operations.safety.test_loop import REPORT, assign, found, take

from anlan.operations.deadlines.actions import remind
from anlan.operations.deadlines.queries import desk
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account, unseal_text
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find
from anlan.operations.safety.actions.desk import refresh
from anlan.operations.safety.models import Danger, Enterprise, HandlingTerms, Membership
from anlan.operations.safety.rules.loop import FIVE
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]


def waits(people):
    """Who has it on the desk, and until which day."""
    items = {
        name: [i for i in desk(one.scope) if i.kind == "danger"] for name, one in people.items()
    }
    return {name: mine[0].due_at and f"{mine[0].due_at.astimezone(CHINA):%m-%d}"
            for name, mine in items.items() if mine}  # fmt: skip


def test_what_waits_for_an_authority_has_a_term_and_is_its_units_alone(people, found):
    firm, unit = people["manager"], people["industry"]
    assert waits(people) == {"industry": "03-05"}
    clock.use(DrillClock(datetime(2026, 3, 6, 9, tzinfo=CHINA)))
    assert waits(people) == {"officer": "03-05", "industry": "03-05"}, "late: the bureau's too"
    clock.use(DrillClock(datetime(2026, 3, 2, 9, tzinfo=CHINA)))
    take(unit, actions.transfer_danger, found, to="fire", sector="", reason="移")
    assert waits(people) == {"fire": "03-05"}
    take(people["fire"], actions.send_back_danger, found, reason="退")
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    take(firm, actions.begin_rectification, found)
    photograph(firm, found, "after")
    take(firm, actions.submit_rectification, found, report="好")
    assert waits(people) == {"industry": "03-12"}
    take(unit, actions.suspend_production, found, reason="停")
    assert waits(people) == {"manager": "03-20"}, "the deadline of the work holds"
    take(firm, actions.ask_to_resume, found, reason="好")
    assert waits(people) == {"industry": "03-12"}
    take(unit, actions.resume_production, found, finding="合格")
    assert waits(people) == {"industry": "03-09"}


def test_production_that_was_stopped_at_once_is_assigned_planned_and_resumed(people, found):
    firm, unit = people["manager"], people["industry"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    take(unit, actions.suspend_production, found, reason="停")
    assert waits(people) == {"industry": "03-05"}, "somebody assigns it"
    assign(people, found)
    assert waits(people) == {"manager": "03-20"}
    clock.use(DrillClock(datetime(2026, 3, 19, 9, tzinfo=CHINA)))
    remind()
    assert list(Delivery.objects.values_list("label", flat=True)) == ["manager"]
    take(firm, actions.plan_rectification, found, five=dict.fromkeys(FIVE, "已落实"))
    for moment in ("report", "after"):
        photograph(firm, found, moment)
    take(firm, actions.report_to_regulator, found, report=REPORT)
    take(firm, actions.report_to_congress, found, report=REPORT)
    take(firm, actions.ask_to_resume, found, reason="好")
    take(unit, actions.resume_production, found, finding="合格")
    assert Danger.objects.get().state == "ACCEPTED"


def test_the_deadline_of_a_listed_supervision_is_told_and_climbs(people, found):
    """Listed until Friday the 13th of March; the work itself is due later."""
    unit, officer = people["industry"], people["officer"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    listing = actions.Listing(issuer_name="区安委办", supervisor="何岚", notice="公告",
                              due_on=date(2026, 3, 13), title="粉尘", unit="鑫源厂")  # fmt: skip
    actions.list_danger(officer.actor, officer.person, found, listing)
    said = {}
    for day in (10, 12, 13, 16, 20):  # 14 and 15 March are a weekend: +1 is said on Monday, as +3
        clock.use(DrillClock(datetime(2026, 3, day, 9, tzinfo=CHINA)))
        remind()
        said[day] = {
            row.label
            for row in Delivery.objects.all()
            if "挂牌督办到期" in json.loads(unseal_text(row.personal_sealed))["slots"]["待办"]
        }
        Delivery.objects.all().delete()
    assert said == {
        10: {"industry"}, 12: {"industry"}, 13: {"industry"},
        16: {"industry", "industry_leader"}, 20: {"industry", "leader", "officer"},
    }  # fmt: skip
    Danger.objects.update(state="ACCEPTED")
    refresh(Danger.objects.get())
    assert "挂牌督办待摘牌：抛光间粉尘积厚超 1 mm" in [one.title for one in desk(officer.scope)]
    assert "挂牌督办待摘牌：抛光间粉尘积厚超 1 mm" not in [one.title for one in desk(unit.scope)]
    actions.delist_danger(officer.actor, officer.person, found, finding="合格")
    assert not [one for one in desk(officer.scope) if one.kind == "supervision"]


def test_an_own_find_waits_inside_the_enterprise_and_on_no_regulators_desk(people, works):
    firm = people["manager"]
    find = Find(key="own", title="灭火器过期", area_code="", sector="", source=Source.SELF_CHECK,
                enterprise_id=works)  # fmt: skip
    pk = actions.find_danger(firm.actor, firm.person, find)
    photograph(firm, pk, "before")
    photograph(firm, pk, "after")
    take(firm, actions.grade_danger, pk, grade=Grade.GENERAL)
    given = actions.Assignment(rectifier=firm.account.pk, rectifier_name="甲", supervisor=None,
                               supervisor_name="", due_on=clock.today())  # fmt: skip
    actions.assign_danger(firm.actor, firm.person, pk, given)
    take(firm, actions.begin_rectification, pk)
    take(firm, actions.submit_rectification, pk, report="已换")
    assert list(waits(people)) == ["manager"]


def test_a_late_danger_is_told_to_the_unit_that_regulates_it_and_then_to_its_leader(people, found):
    """The street regulates it, though a department has its sector."""
    Danger.objects.update(regulator="500106004")
    take(people["street"], actions.grade_danger, found, grade=Grade.GENERAL)
    said = {}
    for day in (3, 6, 8):  # due on Thursday the 5th: two days before, one late, three on Sunday
        clock.use(DrillClock(datetime(2026, 3, 2, 9, tzinfo=CHINA) + timedelta(day - 2)))
        remind()
        said[day] = sorted(Delivery.objects.values_list("label", flat=True))
        Delivery.objects.all().delete()
    # On the first late day the head is told (`domain.md` 3): nobody is his own head.
    assert said == {3: ["street"], 6: ["street", "street_leader"], 8: []}
    clock.use(DrillClock(datetime(2026, 3, 9, 9, tzinfo=CHINA)))
    remind()
    assert sorted(Delivery.objects.values_list("label", flat=True)) == ["street", "street_leader"]


def test_the_principal_of_that_enterprise_is_told_on_the_first_day_late(people, found, works):
    """The manager works for another enterprise too: its principal hears nothing of this one."""
    values = {"name": "别家厂", "credit_code": "91350100M000100Z1J", "area_code": "500106004001",
              "address": "x", "sector": "industry", "state": "open"}  # fmt: skip
    other = Enterprise.objects.create(**values, registered_at=clock.now(), changed_at=clock.now())
    manager = people["manager"].account.pk
    for name, firm in (("principal", works), ("other_principal", other.pk)):
        account = open_account(PLATFORM, NewAccount(
            username=name, password="a long demo password", display_name=name, role="principal",
            organisation_code="works", area_code="500106004",
        ))  # fmt: skip
        for one in (account, manager):
            Membership.objects.get_or_create(
                enterprise_id=firm, account_id=one, until=None, defaults={"since": clock.now()}
            )
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found, due_on=date(2026, 3, 5))
    said = {}
    for day in (5, 6, 9, 12):  # the day itself, then one, four and seven days late
        clock.use(DrillClock(datetime(2026, 3, day, 9, tzinfo=CHINA)))
        remind()
        said[day] = set(Delivery.objects.values_list("label", flat=True))
        Delivery.objects.all().delete()
    assert said == {
        5: {"manager"}, 6: {"manager", "principal", "industry"},
        9: {"manager", "industry_leader"}, 12: {"manager", "leader", "officer"},
    }  # fmt: skip


def test_the_terms_that_the_district_set_hold_from_their_day_on(people, found, tmp_path):
    Danger.objects.all().update(state="GRADED")
    one = Danger.objects.get()
    (tmp_path / "safety.toml").write_text(
        'enterprise = []\n[[terms]]\nvalid_from = 2026-03-01\nsource = "约定"\n'
        'GRADED = [1, "working"]\n', encoding="utf-8"
    )  # fmt: skip
    actions.load_terms(people["officer"].actor, tmp_path)
    refresh(one)
    assert waits(people)["industry"] == "03-03"
    HandlingTerms.objects.update(valid_from=clock.today() + timedelta(1))
    refresh(one)
    assert waits(people)["industry"] == "03-05"
