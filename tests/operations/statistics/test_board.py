"""Every figure of the statistics is as many records as its link shows, for whoever looks."""

import html
import io
import re
from dataclasses import fields
from datetime import date, datetime

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from anlan.operations.accidents.queries.registers import ACCIDENTS
from anlan.operations.accidents.queries.scope import accidents_in
from anlan.operations.checks.models import CheckRecord
from anlan.operations.checks.queries.registers import RECORDS, TASKS
from anlan.operations.checks.queries.scope import records_in, tasks_in
from anlan.operations.deadlines.queries import late_items
from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.enforcement.queries.scope import cases_in
from anlan.operations.hotline.queries.registers import TIPS
from anlan.operations.hotline.queries.scope import tips_in
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import Scope, scope_of
from anlan.operations.registers import queries as registers
from anlan.operations.safety.models import Danger, DangerStep, Enterprise
from anlan.operations.safety.queries.figures import Tally
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.statistics.actions import (
    count_months,
    recount,
    stale,
    stale_case,
    tell_bureau,
)
from anlan.operations.statistics.models import CountedMonth, MonthCount, SupervisionAlarm
from anlan.operations.statistics.queries import OutOfSight, board, seen
from anlan.operations.statistics.queries.coverage import enterprises_looked_at
from anlan.operations.statistics.queries.papers import sheet_of
from anlan.operations.statistics.queries.rooms import other_rooms
from anlan.vocabulary import clock
from anlan.vocabulary.periods import period

STEPS = ("submitted", "returned")  # steps of dangers: a list of dangers shows no two of one
FIGURES = [one.name for one in fields(Tally) if one.name not in ("days", *STEPS)]
FIGURES += ["to_close", "late", "major"]
CHECKED = {"owed": "due", "done": "done", "kept": "in_time", "overdue": "late", "missed": "missed",
           "inspected": "inspected", "hits": "hits"}  # fmt: skip
LISTS = {
    "/dangers": (DANGERS, dangers_in), "/checks/tasks": (TASKS, tasks_in),
    "/checks": (RECORDS, lambda scope: records_in(scope).filter(current=True)),
    "/cases": (CASES, lambda scope: cases_in(scope, scope.organisation)),
    "/hotline": (TIPS, lambda scope: tips_in(scope, scope.organisation)),
    "/accidents": (ACCIDENTS, accidents_in),
}  # fmt: skip


def counted():
    while count_months():
        pass


def figure(line, name):
    return {"late": line.late, "major": line.late_major}.get(name, getattr(line.tally, name, None))


def records(scope: Scope, link: str) -> int:
    """How many rows the register shows at a link."""
    given = {k: v for k, v in QueryDict(link.partition("?")[2]).dict().items() if v}
    register, rows = LISTS[link.partition("?")[0]]
    question = registers.asked(register, given)
    assert dict(question.filters) | ({"view": question.view} if question.view else {}) == given
    return registers.page(register, rows(scope), question, scope).count


@pytest.mark.parametrize("key", ["2026", "2026-Q1", "2026-02"])
@pytest.mark.parametrize("who", ["officer", "street", "industry"])
def test_every_figure_is_as_many_records_as_its_link_shows(dangers, checks, scopes, who, key):
    counted()
    scope = scopes[who]
    found = board(seen(scope), period(key))
    every = found.units
    lines = [every.whole, *every.townships, *every.departments, *every.sectors, *every.sources,
             *every.grades]  # fmt: skip
    for line in lines:
        names = FIGURES if line in (every.whole, *every.townships, *every.sectors) else FIGURES[:6]
        for name in names:
            assert records(scope, line.links[name]) == figure(line, name), (line.key, name)
    for line in (every.whole, *every.townships, *every.sectors, *every.cycles):
        for name, field in CHECKED.items():
            if name in line.links and (line not in every.cycles or name in list(CHECKED)[:5]):
                assert records(scope, line.links[name]) == getattr(line.checks, field), name
    assert every.whole.checks.due > every.whole.checks.done > every.whole.checks.in_time > 0
    assert every.whole.tally.found == dangers_in(scope).filter(
        found_at__year__gte=2026 if key != "2026-02" else 2000,
        **({"found_at__month": 2} if key == "2026-02" else {}),
    ).count()  # fmt: skip
    assert sum(line.tally.found for line in every.townships) == every.whole.tally.found


def test_a_quarter_says_the_same_after_it_was_reported_and_hands_on_what_it_left_open(
    dangers, scopes
):
    """Truth laid by hand: five dangers around the end of a quarter."""
    Danger.objects.all().delete()
    known = [  # due, closed, first deadline
        ("2025-11-10", "2025-11-09", None),  # in time, in the quarter
        ("2025-11-10", "2026-01-20", None),  # late, after it
        ("2025-12-20", None, None),  # never
        ("2026-01-15", "2025-12-28", None),  # ahead of time: it is the next quarter's
        ("2025-12-30", "2025-12-29", "2025-12-01"),  # more time was given: not in time
    ]
    one = dangers[0]
    for n, (due, closed, first) in enumerate(known):
        one.pk, one.number, one.key = None, f"2025-{n}", f"q{n}"
        one.found_at = datetime(2025, 11, 1, 9, tzinfo=clock.CHINA)
        one.due_on, one.closed_on, one.first_due_on = due, closed, first
        one.state = "CLOSED" if closed else "RECTIFYING"
        one.save()
    counted()

    def said(key):
        line = board(seen(scopes["officer"]), period(key)).units.whole
        tally = line.tally
        for name in ("due", "carried", "to_close", "due_closed", "in_time"):
            assert records(scopes["officer"], line.links[name]) == figure(line, name), (key, name)
        return tally.due, tally.carried, tally.due_closed, tally.in_time

    assert said("2025-Q4") == (4, 0, 2, 1)
    assert said("2025-12") == (2, 1, 1, 0)
    assert said("2026-Q1") == (1, 2, 2, 1)
    assert said("2026-03") == (0, 1, 0, 0)
    last = Danger.objects.get(number="2025-2")
    last.state, last.closed_on = "CLOSED", "2026-03-19"
    last.save()
    stale(last.pk)
    counted()
    assert said("2025-Q4") == (4, 0, 2, 1)
    assert said("2026-Q1") == (1, 2, 3, 1)


def test_how_often_a_re_check_sends_back_is_of_the_month_in_which_it_did(dangers, scopes):
    one = Danger.objects.filter(area_code="500106002").first()
    for day, verb in ((3, "submit"), (4, "return"), (6, "submit"), (7, "accept")):
        at = datetime(2026, 2, day, 10, tzinfo=clock.CHINA)
        DangerStep.objects.create(danger=one, at=at, by_name="x", verb=verb, after="x")
    stale(one.pk)
    counted()
    for key, rate in (("2026-02", 0.5), ("2026-01", None), ("2026", 0.5)):
        assert board(seen(scopes["officer"]), period(key)).units.whole.returned == rate
    assert board(seen(scopes["street"]), period("2026")).units.whole.returned is None


def test_a_street_sees_its_own_and_a_grid_worker_none(dangers, scopes):
    counted()
    mine = board(seen(scopes["street"]), period("2026"))
    assert [one.key for one in mine.units.townships] == ["500106004"]
    assert seen(scopes["industry"]).sector == "industry"
    assert seen(scopes["grid"]) is None


@pytest.mark.parametrize(
    ("who", "asked"),
    [("street", {"area": "500106002"}), ("industry", {"sector": "fire"}),
     ("officer", {"area": "500107004"}), ("officer", {"area": "5001060"}),
     ("officer", {"area": "500106999"}), ("officer", {"sector": "weather"})],
)  # fmt: skip
def test_what_is_not_ones_own_or_nowhere_is_not_found(dangers, scopes, browsers, who, asked):
    with pytest.raises(OutOfSight):
        seen(scopes[who], **asked)
    given = {"area_code": asked.get("area", ""), "sector": asked.get("sector", "")}
    for address in ("/statistics", "/statistics/export", "/statistics/report",
                    "/statistics/unit", "/statistics/coverage", "/api/v1/statistics"):  # fmt: skip
        assert browsers[who].get(address, given).status_code == 404, address


def test_units_without_a_find_of_an_authority_are_zero_cases(dangers, scopes):
    counted()
    found = board(seen(scopes["officer"]), period("2026"))
    names = {one.name for one in found.units.zero_units}
    assert "井口街道" in names
    assert "区燃气办" in names
    assert "磁器口街道" not in names


def test_a_unit_with_no_operating_enterprise_has_nothing_to_find_and_no_score_for_it(
    dangers, scopes, browsers
):
    counted()
    Enterprise.objects.filter(sector="gas").update(state="closed")
    of = seen(scopes["officer"])
    found = board(of, period("2026-02")).units
    assert not found.zero_units
    lines = {one.name: one.score.parts["cleared"] for one in found.departments}
    assert (lines["区燃气办"], lines["区经信委"]) == (None, 1.0)
    page = browsers["officer"].get("/statistics", {"period": "2026-02"}).content.decode()
    assert "未查出隐患单位 0 家" in page
    tell_bureau()
    assert not SupervisionAlarm.objects.filter(kind="zero").exists()


@pytest.fixture
def cases(dangers):
    """Officers of three units; the fire brigade filed in February and March, industry in January,
    the street never."""
    for unit, area in (("fire", "500106"), ("industry", "500106"), ("500106004", "500106004")):
        open_account(PLATFORM, NewAccount(
            username=f"officer-{unit}", password="a long demo password", display_name=unit,
            role="enforcement_officer", organisation_code=unit, area_code=area,
        ))  # fmt: skip
    load_organisations(PLATFORM, [
        NewOrganisation("500106004", "磁器口街道", "township", "500106004", date(2019, 1, 1))
    ])  # fmt: skip
    filed = (("fire", "2026-02-10"), ("fire", "2026-03-02"), ("industry", "2026-01-31"))
    for n, (unit, day) in enumerate(filed):
        Case.objects.create(
            number=f"案{n}", key=f"c{n}", title="消防通道", unit=unit, area_code="500106004",
            party_kind="unit", party="某厂", opened_at=clock.now(), filed_on=day,
        )  # fmt: skip


def test_a_unit_with_officers_that_filed_no_case_is_a_zero_case(cases, scopes, browsers):
    counted()
    found = board(seen(scopes["officer"]), period("2026-02")).units
    assert {one.name: one.cases for one in found.enforcers} == {
        "区消防支队": 1, "区经信委": 0, "磁器口街道": 0,
    }  # fmt: skip
    assert {one.name for one in found.caseless} == {"区经信委", "磁器口街道"}
    lines = {one.name: one for one in (*found.departments, *found.townships)}
    # The gas office has no officers: it is asked for no case, and its score leaves the part out.
    assert (lines["区燃气办"].cases, lines["区燃气办"].score.parts["cases"]) == (None, None)
    assert (lines["区消防支队"].cases, lines["区消防支队"].score.parts["cases"]) == (1, 1.0)
    assert (lines["磁器口街道"].caseless, lines["磁器口街道"].score.parts["cases"]) == (True, 0.0)
    whole = board(seen(scopes["officer"]), period("2026")).units
    street = next(one for one in whole.townships if one.name == "磁器口街道")
    assert (street.cases, street.score.parts["cases"]) == (0, None)  # the year is not over
    rows = sheet_of(board(seen(scopes["officer"]), period("2026-02")), "某人")
    assert ["未清零单位", "磁器口街道、区经信委"] in rows
    assert ["区消防支队", 1] in rows
    told = browsers["officer"].get("/api/v1/statistics", {"period": "2026-02"}).json()
    assert {one["code"]: one["cases"] for one in told["enforcers"]} == {
        "fire": 1, "industry": 0, "500106004": 0,
    }  # fmt: skip
    page = browsers["officer"].get("/statistics", {"period": "2026-02"}).content.decode()
    assert "未清零单位 2 家" in page


@pytest.fixture
def inspected_cases(checks):
    """Three inspections in cases of the bureau, in March; two found something, one is of a firm
    that no checklist has seen. A fourth was in February, a fifth has not been yet."""
    firms = list(Enterprise.objects.order_by("pk"))
    for n, day in enumerate(("2026-03-03", "2026-03-04", "2026-03-05", "2026-02-11", None)):
        Case.objects.create(
            number=f"查{n}", key=f"i{n}", title="消防通道", unit="bureau", party_kind="unit",
            party="某厂", area_code="500106008" if n == 2 else "500106004001",
            enterprise=firms[3] if n < 2 else None,
            sector=firms[3].sector if n < 2 else "", opened_at=clock.now(), inspected_on=day,
            ordered=n == 0, filed_on="2026-03-06" if n == 2 else None,
        )  # fmt: skip
    open_account(PLATFORM, NewAccount(
        username="handler", password="a long demo password", display_name="handler",
        role="enforcement_officer", organisation_code="bureau", area_code="500106",
    ))  # fmt: skip


def test_inspections_in_cases_are_inspections_where_they_took_place(inspected_cases, scopes):
    """Three in March, one in Jingkou, beside those by a checklist; none is counted twice."""
    counted()
    handler = scope_of(Account.objects.get(username="handler"))
    for who in (handler, scopes["officer"]):
        units = board(seen(who), period("2026-03")).units
        assert (units.whole.checks.in_cases, units.whole.checks.case_hits) == (3, 2)
        by_list = CheckRecord.objects.filter(
            performed_at__gte=datetime(2026, 3, 1, tzinfo=clock.CHINA)
        ).count()
        assert units.whole.checks.inspections == by_list + 3
        towns = {one.name: one.checks.in_cases for one in units.townships}
        assert towns == {"磁器口街道": 2, "井口街道": 1, "沙坪坝街道": 0}
    for line in (units.whole, *units.townships):
        assert records(handler, line.links["in_cases"]) == line.checks.in_cases
        assert records(handler, line.links["case_hits"]) == line.checks.case_hits
    sectors = {one.key: one for one in units.sectors}
    assert {key: one.checks.in_cases for key, one in sectors.items()} == {
        "industry": 2, "fire": 0, "": 1
    }  # fmt: skip
    assert records(handler, sectors["industry"].links["in_cases"]) == 2
    assert records(handler, sectors[""].links["in_cases"]) == 1
    cases = next(one for one in other_rooms(handler, {}, period("2026-03"), clock.today())
                 if one.key == "cases")  # fmt: skip
    figures = {one.key: one.value for one in cases.figures}
    assert (figures["inspected"], figures["hits"], figures["filed"]) == (3, 2, 1)


def test_an_enterprise_inspected_in_a_case_alone_was_looked_at(inspected_cases, scopes):
    CheckRecord.objects.all().delete()
    Danger.objects.all().delete()
    seen_firms = enterprises_looked_at(scopes["officer"], seen(scopes["officer"]),
                                       period("2026-03"), True)  # fmt: skip
    assert [one.name for one in seen_firms] == ["厂3"]


def test_a_case_that_takes_a_step_has_its_month_counted_anew(inspected_cases, scopes):
    counted()
    one = Case.objects.get(key="i1")
    one.ordered = True
    one.save()
    stale_case(one.pk)
    counted()
    assert board(seen(scopes["officer"]), period("2026-03")).units.whole.checks.case_hits == 3


def test_whoever_sees_one_street_or_sector_sees_its_cases_alone(cases, scopes):
    counted()
    for who, names in (("street", ["磁器口街道"]), ("industry", ["区经信委"])):
        found = board(seen(scopes[who]), period("2026-02")).units
        assert [one.name for one in found.enforcers] == names


def test_the_bureau_is_told_of_a_month_without_a_case_and_none_since(cases, scopes):
    counted()
    tell_bureau()
    told = set(SupervisionAlarm.objects.filter(kind="nocase").values_list("unit", flat=True))
    assert told == {"industry", "500106004"}
    Case.objects.create(
        number="案9", key="c9", title="x", unit="industry", area_code="500106004",
        party_kind="unit", party="某厂", opened_at=clock.now(), filed_on="2026-03-19",
    )  # fmt: skip
    tell_bureau()
    left = SupervisionAlarm.objects.filter(kind="nocase", cleared_at=None)
    assert list(left.values_list("unit", flat=True)) == ["500106004"]


def test_what_changes_is_counted_anew_and_the_rest_is_left(dangers, scopes):
    counted()
    before = MonthCount.objects.get(month="2026-03-01", township="500106004", sector="industry",
                                    source="patrol", grade="GENERAL").due_closed  # fmt: skip
    one = Danger.objects.filter(
        area_code__startswith="500106004", sector="industry", source="patrol", grade="GENERAL",
        due_on__range=("2026-03-01", "2026-03-19"), state="CLOSED",
    ).first()  # fmt: skip
    Danger.objects.filter(pk=one.pk).update(state="RETURNED", closed_on=None)
    assert count_months() == 0  # nobody said so
    stale(one.pk)
    assert set(CountedMonth.objects.filter(stale=True).values_list("month", flat=True)) <= {
        day.replace(day=1) for day in (one.found_at.date(), one.due_on)
    }
    counted()
    after = MonthCount.objects.get(month="2026-03-01", township="500106004", sector="industry",
                                   source="patrol", grade="GENERAL").due_closed  # fmt: skip
    assert after == before - 1
    rows = list(MonthCount.objects.order_by("month", "township", "sector", "source", "grade")
                .values_list("month", *FIGURES[:6]))  # fmt: skip
    recount()
    counted()
    assert rows == list(
        MonthCount.objects.order_by("month", "township", "sector", "source", "grade")
        .values_list("month", *FIGURES[:6])
    )  # fmt: skip


def test_the_bureau_is_told_once_and_no_more_when_it_is_mended(dangers, scopes):
    counted()
    raised = tell_bureau()
    keys = set(SupervisionAlarm.objects.values_list("key", flat=True))
    assert raised == len(keys) > 0
    assert "supervision:zero:500106008" in keys
    assert "supervision:major:500106004" in keys
    assert tell_bureau() == 0
    assert keys <= {one.key for one in late_items(scopes["officer"], limit=50)}
    Danger.objects.filter(grade="MAJOR").update(state="CLOSED", closed_on="2026-03-19")
    assert tell_bureau() > 0
    assert not SupervisionAlarm.objects.filter(kind="major", cleared_at=None).exists()
    assert "supervision:major:500106004" not in {
        one.key for one in late_items(scopes["officer"], limit=50)
    }


def test_the_page_leads_to_the_register_and_is_refused_to_grid_workers(dangers, browsers):
    counted()
    page = browsers["officer"].get("/statistics").content.decode()
    links = [html.unescape(one) for one in re.findall(r'href="(/dangers\?[^"]+)"', page)]
    assert len(links) > 20
    assert browsers["officer"].get(links[0]).status_code == 200
    assert "井口街道" in page
    assert "井口街道" not in browsers["street"].get("/statistics").content.decode()
    assert browsers["grid"].get("/statistics").status_code == 403


def test_a_period_is_taken_along_as_a_workbook_and_as_one_page(dangers, browsers):
    counted()
    sheet = browsers["officer"].get("/statistics/export?period=2026-Q1")
    rows = list(load_workbook(io.BytesIO(sheet.content)).active.values)
    assert "officer" in rows[0][0]
    assert any(row[0] == "磁器口街道" and row[1] > 0 for row in rows)
    page = browsers["street"].get("/statistics/report?period=2026").content
    assert page.startswith(b"%PDF")
    assert re.findall(rb"/Count (\d+)", page)[:1] in ([], [b"1"])


def test_programs_read_the_same_figures(dangers, browsers, scopes):
    counted()
    told = browsers["street"].get("/api/v1/statistics?period=2026").json()
    found = board(seen(scopes["street"]), period("2026")).units
    assert told["whole"]["found"] == found.whole.tally.found > 0
    assert [one["key"] for one in told["townships"]] == ["500106004"]
    assert browsers["street"].get("/api/v1/statistics?period=ever").status_code == 409
    assert browsers["grid"].get("/api/v1/statistics?period=2026").status_code == 403
