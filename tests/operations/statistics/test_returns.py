"""Each enterprise's statistics of its dangers: owed, counted, signed, frozen [16H 14]."""

import io
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from openpyxl import load_workbook

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, NewAccount, as_actor, open_account
from anlan.operations.people.models import Account, OutboxEvent
from anlan.operations.people.queries import scope_of
from anlan.operations.posts.models import Post
from anlan.operations.safety.actions.enterprises import end_membership
from anlan.operations.safety.models import Danger, Enterprise, Membership
from anlan.operations.statistics.actions import (
    ask_no_more,
    ask_returns,
    load_demo_records,
    sign_return,
)
from anlan.operations.statistics.models import DangerReturn, SignedReturn
from anlan.operations.statistics.queries.returns import figures_of, return_file, returns_in
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.periods import period
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
# Found, due, closed, grade, funds: of the first quarter, whose last day is 31 March.
ROWS = (
    ("2026-01-05", "2026-01-20", "2026-01-18", "GENERAL", ""),
    ("2026-02-01", "2026-02-20", "2026-04-02", "GENERAL", ""),  # closed after the quarter
    ("2026-03-30", "2026-04-10", None, "GENERAL", ""),  # not due in it
    ("2025-11-01", "2025-12-01", "2026-03-01", "MAJOR", "12.5"),  # older, closed in it
    ("2026-02-10", "2026-03-01", None, "MAJOR", "3"),
    ("2025-06-01", "2025-07-01", "2025-07-01", "GENERAL", ""),  # over before it
    ("2026-04-05", "2026-04-20", None, "GENERAL", ""),  # found after it
    ("2026-03-15", None, None, "", ""),
)  # fmt: skip


def at(year, month, day):
    clock.use(DrillClock(datetime(year, month, day, 9, tzinfo=CHINA)))


@pytest.fixture
def firm(people):
    """An enterprise of Ciqikou with a principal, a safety manager, and eight dangers."""
    at(2026, 4, 3)
    one = Enterprise.objects.create(
        credit_code="91500106MA00000000", name="鑫源五金厂", area_code="500106004001",
        sector="industry", principal="赵德", registered_at=datetime(2025, 5, 1, tzinfo=CHINA),
        changed_at=clock.now(),
    )  # fmt: skip
    for name, role in (("boss", "principal"), ("manager", "enterprise")):
        pk = open_account(PLATFORM, NewAccount(
            username=name, password="a long demo password", display_name=name, role=role,
            organisation_code="works", area_code="500106004",
        ))  # fmt: skip
        Membership.objects.create(enterprise=one, account_id=pk, since=clock.now())
    five = ("responsibility", "measures", "time", "contingency")
    for n, (found, due, closed, grade, funds) in enumerate(ROWS):
        Danger.objects.create(
            number=f"D{n}", key=f"d{n}", title="x", enterprise=one, unit=one.name,
            area_code=one.area_code, sector="industry", source="patrol", found_by_name="x",
            found_at=datetime.fromisoformat(f"{found}T09:00:00+08:00"), due_on=due,
            closed_on=closed, state="CLOSED" if closed else "RECTIFYING", grade=grade,
            five={"funds": funds} | (dict.fromkeys(five, "有") if funds == "3" else {}),
        )  # fmt: skip
    return one


def who(name):
    account = Account.objects.get(username=name)
    return as_actor(account), scope_of(account)


def owed(firm, key="2026-Q1"):
    ask_returns()
    return DangerReturn.objects.get(enterprise=firm, period=key)


def test_the_sheet_counts_what_the_records_say_by_the_end_of_the_quarter(firm):
    figures = figures_of(firm.pk, period("2026-Q1"))
    assert figures["general"] == {"found": 3, "closed": 1, "open": 2, "due": 2, "due_closed": 1}
    assert figures["major"] == {"found": 1, "closed": 1, "open": 1, "due": 2, "due_closed": 1}
    assert figures["ungraded"]["found"] == 1
    assert (figures["whole"]["found"], figures["whole"]["open"]) == (5, 4)
    assert (figures["majors"], figures["planned"]["all"], figures["funds"]) == (2, 1, "15.5")


def test_it_is_owed_by_the_fifteenth_and_by_the_end_of_january(firm):
    assert ask_returns() == 4  # the quarter and the year before, each asked and put on the desk
    rows = dict(DangerReturn.objects.filter(enterprise=firm).values_list("period", "due_on"))
    assert rows == {"2026-Q1": date(2026, 4, 15), "2025": date(2026, 1, 31)}
    assert ask_returns() == 0
    due = {item.due_at.date() for item in desk(who("boss")[1]) if item.kind == "danger_return"}
    assert due == {date(2026, 4, 15), date(2026, 1, 31)}
    assert not [i for i in desk(who("manager")[1]) if i.kind == "danger_return"]


def test_of_an_enterprise_that_has_closed_none_waits_until_it_opens_again(firm):
    ask_returns()
    for state, waiting in (("closed", 0), ("open", 2)):
        Enterprise.objects.filter(pk=firm.pk).update(state=state)
        ask_no_more([firm.pk])
        ask_returns()
        items = [item for item in desk(who("boss")[1]) if item.kind == "danger_return"]
        assert len(items) == waiting


def test_a_new_principal_has_what_the_last_one_left_unsigned(firm):
    ask_returns()
    boss = who("boss")[0]
    end_membership(boss, firm.pk, boss.id)
    pk = open_account(PLATFORM, NewAccount(
        username="new", password="a long demo password", display_name="new", role="principal",
        organisation_code="works", area_code="500106004",
    ))  # fmt: skip
    Membership.objects.create(enterprise=firm, account_id=pk, since=clock.now())
    kinds = {name: [i.kind for i in desk(who(name)[1])] for name in ("boss", "new")}
    assert kinds == {"boss": [], "new": ["danger_return"] * 2}


def test_what_nobody_can_sign_is_one_item_of_the_regulator_until_somebody_can(firm):
    Enterprise.objects.filter(pk=firm.pk).update(sector_regulator="industry")
    boss = who("boss")[0]
    end_membership(boss, firm.pk, boss.id)
    ask_returns()
    kinds = {name: [i.title for i in desk(who(name)[1]) if i.kind == "danger_return"]
             for name in ("manager", "industry", "grid")}  # fmt: skip
    told = "1 家企业没有主要负责人账号，2 份隐患统计分析表无人签报"
    assert kinds == {"manager": [], "industry": [told], "grid": []}
    item = WorkItem.objects.get(done_at=None, kind="danger_return")
    assert item.due_at.astimezone(CHINA).date() == date(2026, 1, 31)
    client = Client()
    client.force_login(Account.objects.get(username="industry"))
    page = client.get(item.link).content.decode()
    assert page.count("鑫源五金厂") >= 2
    assert ask_returns() == 0
    Membership.objects.create(enterprise=firm, account_id=boss.id, since=clock.now())
    assert ask_returns() == 2
    owners = WorkItem.objects.filter(done_at=None).values_list("owner__username", flat=True)
    assert list(owners) == ["boss", "boss"]


def before(key, kind, firm, owner):
    """An item as an older version put it there; no enterprise where it did not name it."""
    return WorkItem.objects.create(
        key=key, kind=kind, title="x", action="x", link="/", right="safety.rectify",
        area_code="500106004", opened_at=clock.now(), enterprise=firm and firm.pk, reminded=0,
        owner=Account.objects.get(username=owner),
    ).pk  # fmt: skip


def test_what_lay_on_desks_before_is_the_enterprises_and_not_of_who_left_or_what_is_closed(firm):
    boss = who("boss")[0]
    ask_returns()
    WorkItem.objects.update(enterprise=None)
    gone = Enterprise.objects.create(
        credit_code="C-3", name="已关厂", area_code="500106002", sector="gas", state="closed",
        registered_at=clock.now(), changed_at=clock.now(), standard_asked=date(2026, 5, 1),
    )  # fmt: skip
    posts = [Post.objects.create(enterprise=one, name="岗", opened_at=clock.now())
             for one in (firm, gone)]  # fmt: skip
    cards = [before(f"post-cards:{one.pk}", "posts.cards", None, "manager") for one in posts]
    mine = before("danger:9", "danger", firm, "manager")
    told = before("check:9", "check", firm, "street")
    kept = before("danger:8", "danger", gone, "manager")
    owed_no_more = before(f"standard:{gone.pk}", "safety.standard", gone, "manager")
    Membership.objects.filter(account=boss.id).update(until=clock.now())  # before it took them off
    name = "anlan.operations.statistics.migrations.0007_duties_of_enterprises"
    import_module(name).settle(apps, None)
    rows = {one.pk: one for one in WorkItem.objects.all()}
    returns = [one for one in rows.values() if one.kind == "danger_return"]
    assert [(one.enterprise, one.owner_id, one.reminded, one.done_at) for one in returns] == [
        (firm.pk, None, -128, None)
    ] * 2
    assert [rows[pk].enterprise for pk in cards] == [firm.pk, gone.pk]
    assert {pk for pk, one in rows.items() if one.done_at} == {cards[1], owed_no_more}
    assert Enterprise.objects.get(pk=gone.pk).standard_asked is None
    owners = {pk: rows[pk].owner.username for pk in (cards[0], mine, told, kept)}
    assert owners == {cards[0]: "manager", mine: "manager", told: "street", kept: "manager"}


@pytest.mark.parametrize(
    ("regulator", "state", "seen"),
    [("industry", "open", {"industry": 2, "street": 0, "officer": 2}),
     ("", "open", {"industry": 0, "street": 2, "officer": 2}),
     ("industry", "paused", {"industry": 2, "street": 0, "officer": 2}),
     ("industry", "closed", {"industry": 0, "street": 0, "officer": 0})],
)  # fmt: skip
def test_a_unit_is_told_as_many_that_nobody_signs_as_its_list_shows(firm, regulator, state, seen):
    boss = who("boss")[0]
    ask_returns()
    end_membership(boss, firm.pk, boss.id)
    Account.objects.filter(username="street").update(organisation_code="500106004")
    firms = Enterprise.objects.filter(pk=firm.pk)
    firms.update(sector_regulator=regulator, local_regulator="500106004", state=state)
    ask_returns()
    told = {
        item.unit: item.parameters["n"]
        for item in WorkItem.objects.filter(done_at=None, key__startswith="danger_returns:")
    }
    assert told == {"500106004" if name == "street" else name: n for name, n in seen.items()
                    if n and name != "officer"}  # fmt: skip
    for name, n in seen.items():
        client = Client()
        client.force_login(Account.objects.get(username=name))
        assert client.get("/returns?view=nobody").context["page"].count == n, name


def test_who_was_registered_after_the_period_owes_nothing_of_it(firm):
    firm.registered_at = datetime(2026, 2, 1, tzinfo=CHINA)
    firm.save()
    ask_returns()
    owing = DangerReturn.objects.filter(enterprise=firm).values_list("period", flat=True)
    assert list(owing) == ["2026-Q1"]


def test_the_principal_signs_once_and_a_signed_version_stays_as_it_was(firm):
    one = owed(firm)
    for name in ("manager", "officer", "street"):
        with pytest.raises(Refused, match="principal"):
            sign_return(*who(name), one.pk)
    boss = who("boss")
    assert sign_return(*boss, one.pk) == 1
    one.refresh_from_db()
    row = SignedReturn.objects.get()
    assert (one.late, row.by_name, one.signed_at) == (False, "boss", row.at)
    assert not [i for i in desk(boss[1]) if "2026-Q1" in i.key]
    assert OutboxEvent.objects.filter(name="statistics.return_signed").count() == 1
    with pytest.raises(Refused, match="say what was signed"):
        sign_return(*boss, one.pk, why="再报")
    Danger.objects.filter(key="d1").update(closed_on="2026-03-31")
    assert return_file(one.pk, boss[1]).figures["general"]["closed"] == 1  # as it was signed
    with pytest.raises(Refused, match="why"):
        sign_return(*boss, one.pk)
    assert sign_return(*boss, one.pk, why="漏记一项整改") == 2
    assert return_file(one.pk, boss[1]).figures["general"]["closed"] == 2
    assert return_file(one.pk, boss[1], 1).figures["general"]["closed"] == 1


def test_what_is_signed_after_the_last_day_is_marked_late(firm):
    one = owed(firm)
    at(2026, 4, 16)
    assert return_file(one.pk, who("boss")[1]).late
    sign_return(*who("boss"), one.pk)
    assert DangerReturn.objects.get(pk=one.pk).late


def test_a_quarter_that_is_not_over_is_not_signed(firm):
    row = DangerReturn.objects.create(
        enterprise=firm, period="2026-Q2", due_on=date(2026, 7, 15), asked_at=clock.now()
    )
    with pytest.raises(Refused, match="not over"):
        sign_return(*who("boss"), row.pk)


def test_a_regulator_sees_who_is_late_in_its_own_street_and_sector_alone(firm):
    one = owed(firm)
    other = Enterprise.objects.create(
        credit_code="C-2", name="别街厂", area_code="500106002", sector="gas",
        registered_at=datetime(2025, 5, 1, tzinfo=CHINA), changed_at=clock.now(),
    )  # fmt: skip
    ask_returns()
    at(2026, 4, 16)
    for name in ("street", "industry"):
        names = set(returns_in(who(name)[1]).values_list("enterprise__name", flat=True))
        assert names == {"鑫源五金厂"}
    assert returns_in(who("officer")[1]).count() == 4
    browser = Client()
    browser.force_login(Account.objects.get(username="street"))
    page = browser.get("/returns", {"view": "late"}).content.decode()
    assert "鑫源五金厂" in page
    assert "逾期未报" in page
    hidden = DangerReturn.objects.filter(enterprise=other).first()
    assert browser.get(f"/returns/{hidden.pk}").status_code == 404
    assert browser.get(f"/returns/{hidden.pk}/pdf").status_code == 404
    told = browser.get("/api/v1/returns", {"view": "late"}).json()
    assert {(r["period"], r["late"]) for r in told["rows"]} == {("2026-Q1", True), ("2025", True)}
    sheet = browser.get(f"/api/v1/returns/{one.pk}").json()
    assert sheet["figures"]["general"]["found"] == 3
    assert browser.get(f"/api/v1/returns/{hidden.pk}").status_code == 404


def test_the_form_is_signed_on_the_page_and_taken_along(firm):
    one, browser = owed(firm), Client()
    browser.force_login(Account.objects.get(username="boss"))
    page = browser.get(f"/returns/{one.pk}").content.decode()
    assert "您以主要负责人身份签字" in page
    answer = browser.post(f"/returns/{one.pk}/sign", follow=True)
    assert "第 1 版" in answer.content.decode()
    rows = load_workbook(
        io.BytesIO(browser.get(f"/returns/{one.pk}/workbook").content)
    ).active.values
    said = [[cell for cell in row if cell is not None] for row in rows]
    assert ["一般隐患", 3, 1, 2, 2, 1, "50.0 %"] in said
    assert any("主要负责人：boss" in str(row) for row in said)
    pdf = browser.get(f"/returns/{one.pk}/pdf")
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    export = browser.get("/returns/export")
    assert export.status_code == 200


def test_a_demonstration_begins_with_one_signed_in_time_and_one_to_sign(firm):
    Enterprise.objects.filter(pk=firm.pk).update(credit_code="91500106MA5U00001U")
    Enterprise.objects.create(
        credit_code="C-2", name="别街厂", area_code="500106002", sector="gas",
        registered_at=datetime(2026, 2, 1, tzinfo=CHINA), changed_at=clock.now(),
    )  # fmt: skip
    at(2026, 4, 20)
    assert load_demo_records(PLATFORM, Path()) == 3
    assert load_demo_records(PLATFORM, Path()) == 0
    one = SignedReturn.objects.get()
    assert (one.of.period, one.of.enterprise_id, one.of.late) == ("2026-Q1", firm.pk, False)
    assert (one.at.date(), clock.today()) == (date(2026, 4, 9), date(2026, 4, 20))
    assert DangerReturn.objects.filter(period="2026-Q1", signed_at=None).count() == 1
