"""Lists at scale keep their word: pages from either end, counts with an end, spans of days."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q

from anlan.operations.registers import queries as registers
from anlan.operations.registers.queries import hundreds, listing, ways
from anlan.operations.safety.actions import Find, find_danger, index_words
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.queries import words
from anlan.operations.safety.queries.registers import DANGERS
from anlan.operations.safety.queries.scope import dangers_in
from anlan.operations.safety.queries.words import dangers_with
from anlan.operations.safety.rules.states import Source
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA

MORNING = datetime(2026, 2, 1, 8, tzinfo=CHINA)


@pytest.fixture
def dangers(people):
    """Nine of them, one found every day from the first of February on; two in another street."""
    rows = [
        Danger(
            number=f"2026-{n}", key=f"k{n}", title="灭火器过期" if n % 2 else "通道堵塞", unit="厂",
            area_code="500106002" if n > 7 else "500106004001", sector="fire",
            source=Source.PATROL, grade="" if n == 4 else "GENERAL",
            found_at=MORNING + timedelta(days=n), found_by_name="grid",
            due_on=None if n == 4 else date(2026, 2, 10 + n % 3),
            state="CLOSED" if n < 3 else "RECTIFYING", repeat=n == 5,
            closed_on=date(2026, 2, 9 + 3 * n) if n < 3 else None,
        )
        for n in range(9)
    ]  # fmt: skip
    return Danger.objects.bulk_create(rows)


def listed(scope, **given):
    question = registers.asked(DANGERS, {k: str(v) for k, v in given.items()})
    return registers.page(DANGERS, dangers_in(scope), question, scope)


@pytest.mark.parametrize("longest", [ways.MOST_ROWS, 1], ids=["sorted", "along the order"])
@pytest.mark.parametrize("who", ["officer", "fire", "street"])
@pytest.mark.parametrize("sort", ["", "due_on", "-due_on", "found_at", "-grade", "-number"])
def test_pages_put_together_are_the_list(dangers, people, monkeypatch, sort, who, longest):
    monkeypatch.setattr(listing, "ROWS", 2)
    monkeypatch.setattr(ways, "MOST_ROWS", longest)
    scope = people[who].scope
    question = registers.asked(DANGERS, {"sort": sort})
    whole = [r.pk for r in registers.matching(DANGERS, dangers_in(scope), question, scope)]
    last = -(-len(whole) // 2)
    pages = [row["pk"] for n in range(last) for row in listed(scope, sort=sort, page=n + 1).rows]
    assert pages == whole
    assert len(whole) >= 8
    assert listed(scope, sort=sort, page=99).rows[-1]["pk"] == whole[-1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds its own way")
def test_a_page_of_very_many_is_found_along_its_order_and_of_few_by_their_sector(db):
    rows = Danger.objects.filter(~Q(state="CLOSED"), sector="industry", area_code__gte="500106")

    def plan(count, *order):
        return ways.along_the_order(rows, count, 25).order_by(*order).values("pk").explain()

    assert "sector=?" in plan(800, "found_at", "pk")
    for order, index in ((("found_at", "pk"), "danger_by_found"),
                         (("due_on", "-found_at", "pk"), "danger_open")):  # fmt: skip
        walked = plan(150_000, *order)
        assert index in walked
        assert "TEMP B-TREE" not in walked


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL finds its own way")
def test_a_common_word_among_the_open_is_found_along_another_order_without_sorting_them_all(db):
    rows = Danger.objects.filter(~Q(state="CLOSED"), title__contains="灭火")

    def plan(resorted, *order):
        walked = ways.along_the_order(rows, 1_000, 25, unknown=True, resorted=resorted)
        return walked.order_by(*order).values("pk").explain()

    assert "danger_open" in plan(False, "due_on", "-found_at", "pk")
    sorted_anew = plan(True, "-found_at", "-pk")
    assert "danger_by_found" in sorted_anew
    assert "TEMP B-TREE" not in sorted_anew


def test_a_search_and_the_other_tabs_are_counted_so_far_and_no_further(
    dangers, people, monkeypatch
):
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    monkeypatch.setattr(listing, "MOST_SEARCHED", 3)
    scope = people["officer"].scope
    page = listed(scope)
    tabs = {tab.key: (tab.count, tab.more) for tab in page.tabs}
    assert (page.count, page.more) == (9, False)
    assert tabs["open"] == (3, True)
    assert tabs["ungraded"] == (0, False)
    found = listed(scope, q="通道")
    assert (found.count, found.more, found.pages) == (3, True, 1)
    assert {tab.count for tab in found.tabs} == {None}
    few = listed(scope, q="灭火器", view="late")
    tabs = {tab.key: (tab.count, tab.more) for tab in few.tabs}
    assert (few.count, few.more) == (3, False)
    assert tabs["closed"] == (None, False)
    assert listed(scope, q="2026-3").count == 1


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ({"found_at_since": "2026-02-03", "found_at_until": "2026-02-04"}, "23"),
        ({"due_on_since": "2026-02-12"}, "258"),
        ({"due_on": "2026-02-10"}, "036"),
        ({"closed_on_since": "2026-02-10", "closed_on_until": "2026-02-12"}, "1"),
        ({"grade": "-"}, "4"),
        ({"closing": "in_time"}, "0"),
        ({"closing": "too_late"}, "12"),
        ({"repeated": "yes"}, "5"),
        ({"area_code": "500106004"}, "01234567"),
        ({"area_code": "500106002", "found_at_until": "no day"}, "8"),
    ],
)
def test_filters_by_span_by_condition_and_by_what_is_not_given(dangers, people, given, numbers):
    rows = listed(people["officer"].scope, **given).rows
    assert sorted(row["number"][-1] for row in rows) == list(numbers)


def test_a_street_sees_the_codes_that_begin_with_its_own(dangers, people):
    assert listed(people["street"].scope).count == 8
    assert listed(people["other_street"].scope).count == 1
    assert listed(people["fire"].scope).count == 9
    assert listed(people["industry"].scope).count == 0


def test_the_same_within_a_year_is_a_repeat_also_when_the_earlier_comes_late(people, works):
    street, firm = people["street"], Enterprise.objects.get()

    def find(key, days, title="通道堵塞"):
        at = clock.now() - timedelta(days=days)
        pk = find_danger(street.actor, street.person, Find(
            key=key, title=title, area_code=firm.area_code, sector=firm.sector,
            source=Source.INSPECTION, enterprise_id=firm.pk, found_at=at,
        ))  # fmt: skip
        return Danger.objects.get(pk=pk)

    newest = find("a", 1)
    assert not newest.repeat
    assert not find("b", 400).repeat  # 399 days before: no repeat of it, nor it of this
    newest.refresh_from_db()
    assert not newest.repeat
    assert not find("c", 1, title="灭火器过期").repeat
    find("d", 20)  # brought in late by a phone without signal
    newest.refresh_from_db()
    assert newest.repeat


def test_a_program_reads_as_far_as_the_list_is_counted(dangers, people, monkeypatch):
    monkeypatch.setattr(hundreds, "HUNDRED", 2)
    monkeypatch.setattr(listing, "MOST_LISTED", 5)
    scope = people["officer"].scope
    whole = registers.matching(DANGERS, dangers_in(scope), registers.asked(DANGERS, {}), scope)
    read = [registers.hundred(DANGERS, dangers_in(scope), {"page": n}, scope) for n in (1, 2, 3, 4)]
    assert [(one["count"], one["more"]) for one in read] == [(5, True)] * 4
    assert [row.pk for one in read for row in one["rows"]] == [row.pk for row in whole[:5]]


def test_a_search_finds_what_is_indexed_what_waits_and_what_was_corrected(
    dangers, people, monkeypatch
):
    def found(text):
        return {row["number"] for row in listed(people["officer"].scope, q=text).rows}

    plain = {text: found(text) for text in ("通道", "2026-3", "火器过", "道塞", "火")}
    assert index_words(5) == 5
    assert {text: found(text) for text in plain} == plain
    assert (index_words(), index_words()) == (4, 0)
    assert {text: found(text) for text in plain} == plain
    Danger.objects.filter(number="2026-3").update(title="Ladder 断裂", findable=False)
    assert (found("断裂"), found("ladder")) == ({"2026-3"}, {"2026-3"})
    assert index_words() == 1
    assert (found("断裂"), "2026-3" in found("灭火")) == ({"2026-3"}, False)
    assert dangers_with("灭火") is not None
    monkeypatch.setattr(words, "MOST_NAMED", 3)
    assert dangers_with("灭火") is None
    assert found("灭火") == plain["火器过"] - {"2026-3"}


def put_find(one, key, **changed):
    """A find of a patrol where no enterprise is registered, as another system brings it."""
    said = {"title": "楼道堆物", "unit": "便民店", "place": "3 栋", "area_code": "500106004001",
            "sector": "fire", "found_as": "patrol"} | changed  # fmt: skip
    at = f"/api/v1/dangers/patrols/{key}"
    pk = one.browser.put(at, said, content_type="application/json").json()["id"]
    return Danger.objects.get(pk=pk)


def test_where_no_enterprise_is_registered_the_same_at_the_same_place_is_a_repeat(people):
    street, officer = people["street"], people["officer"]
    assert not put_find(street, "a").repeat
    for changed in ({"unit": "杂货店"}, {"place": "4 栋"}, {"area_code": "500106004"},
                    {"title": "灭火器过期"}):  # fmt: skip
        assert not put_find(street, f"b{changed}", **changed).repeat
    clock.current().move_to(clock.now() + timedelta(days=300))
    again = put_find(street, "c")
    assert again.repeat
    page = officer.browser.get("/dangers?view=&repeated=yes").content.decode()
    assert set(re.findall(r'"/dangers/(\d+)"', page)) == {str(again.pk)}
    clock.current().move_to(clock.now() + timedelta(days=366))
    assert not put_find(street, "d").repeat


def test_a_repeat_without_an_enterprise_is_seen_on_the_page_too_and_an_item_names_it(people):
    grid = people["grid"]
    for key, title in (("x1", "通道堵"), ("x2", "又堵了")):
        find_danger(grid.actor, grid.person, Find(
            key=key, title=title, area_code="500106004001", sector="fire", unit="便民店",
            item="F-12", source=Source.PATROL,
        ))  # fmt: skip
    assert list(Danger.objects.order_by("pk").values_list("repeat", flat=True)) == [False, True]
    sent = {"key": "x3", "title": "通道堵", "area_code": "500106004001", "sector": "fire",
            "unit": "便民店", "place": "", "source": "patrol"}  # fmt: skip
    for key in ("x3", "x4"):
        grid.browser.post("/dangers/new", sent | {"key": key})
    typed = Danger.objects.filter(key__in=("x3", "x4")).order_by("key")
    assert [one.repeat for one in typed] == [False, True]
