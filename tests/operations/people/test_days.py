"""Days and moments in sentences: as a district office writes them, in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from anlan.operations.deadlines.actions import NewItem, open_item
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.hotline.rules.loop import longer
from anlan.operations.people.queries import Scope, worded
from anlan.operations.people.queries.days import (
    day_words,
    full_day_words,
    full_moment_words,
    in_words,
    moment_words,
    month_words,
    period_words,
)
from anlan.operations.people.rules import Reach
from anlan.operations.statistics.rules.words import TITLES
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

NIGHT = datetime(2026, 12, 14, 18, 30, tzinfo=UTC)  # 02:30 of the 15th in China


@pytest.fixture(autouse=True)
def november():
    clock.use(DrillClock(datetime(2026, 11, 29, 9, tzinfo=CHINA)))


@pytest.mark.parametrize(("language", "this_year", "next_year", "full", "at", "full_at"), [
    ("zh-hans", "12月15日", "2027年1月3日", "2026年12月15日", "12月15日 02:30",
     "2026年12月15日 02:30"),
    ("en", "15 Dec", "3 Jan 2027", "15 Dec 2026", "15 Dec 02:30", "15 Dec 2026 02:30"),
])  # fmt: skip
def test_a_day_has_its_year_where_it_is_another_or_is_kept(
    language, this_year, next_year, full, at, full_at
):
    with override(language):
        assert day_words(date(2026, 12, 15)) == day_words(NIGHT) == this_year
        assert day_words(date(2027, 1, 3)) == next_year
        assert full_day_words(date(2026, 12, 15)) == full_day_words(NIGHT) == full
        assert (moment_words(NIGHT), full_moment_words(NIGHT)) == (at, full_at)
        assert day_words(None) == moment_words(None) == "—"


@pytest.mark.parametrize(("kept", "said"), [
    ("2026-12-15", "12月15日"), ("2027-01-03", "2027年1月3日"),
    ("2026-12-15T02:30:00+08:00", "12月15日 02:30"), ("2026-12-14T18:30Z", "12月15日 02:30"),
    ("2026-12-15T02:30", "12月15日 02:30"), (date(2026, 12, 15), "12月15日"),
    (NIGHT, "12月15日 02:30"), ("磁器口沿江巡查线 2026-12-15", "磁器口沿江巡查线 12月15日"),
])  # fmt: skip
def test_what_is_kept_as_a_day_or_moment_is_said_as_one(kept, said):
    with override("zh-hans"):
        assert in_words({"day": kept}) == {"day": said}


@pytest.mark.parametrize("kept", [
    "2026-12", "2026-0012", "2026-12-15-01", "2026-13-45", "批2026-12-15", "26-12-15", "18:30",
    "", 7, None,
])  # fmt: skip
def test_a_number_of_a_paper_and_whatever_is_no_day_stays_as_it_is(kept):
    assert in_words({"number": kept}) == {"number": kept}


@pytest.mark.parametrize(("language", "month", "quarter", "year"), [
    ("zh-hans", "2026年6月", "2026年第2季度", "2026年"),
    ("en", "June 2026", "2026, quarter 2", "2026"),
])  # fmt: skip
def test_a_month_a_quarter_and_a_year_are_said_in_the_readers_language(
    language, month, quarter, year
):
    with override(language):
        assert month_words(date(2026, 6, 30)) == period_words("2026-06") == month
        assert (period_words("2026-Q2"), period_words("2026")) == (quarter, year)
        said = in_words({"month": "2026-06", "period": "2026-Q2", "number": "2026-06"})
    assert said == {"month": month, "period": quarter, "number": "2026-06"}


@pytest.mark.parametrize("kept", ["2026-13", "2026-00", "2026-Q5", "2026-6", "二〇二六", ""])
def test_what_is_no_month_stays_as_it_is(kept):
    assert in_words({"month": kept}) == {"month": kept}


def test_a_refusal_names_the_day_in_the_readers_language():
    with pytest.raises(Refused) as fault:
        longer(date(2026, 12, 1), date(2026, 12, 15), 30)
    for language, day in (("zh-hans", "12月15日"), ("en", "15 Dec")):
        with override(language):
            assert day in worded(fault.value)
            assert "2026-12" not in worded(fault.value)


@pytest.mark.django_db
def test_a_work_item_keeps_its_day_typed_and_says_it_to_each_reader():
    title = "Tell the informant of %(number)s: finished by %(day)s"
    open_item(NewItem(key="k", kind="tip", title=title, action="Tell", link="/", right="r",
                      area_code="500106",
                      parameters={"number": "2026-12", "day": "2026-12-15"}))  # fmt: skip
    assert WorkItem.objects.get().parameters["day"] == "2026-12-15"
    reader = Scope(1, "duty_leader", frozenset(["r"]), Reach.DISTRICT, "500106", None)
    for language, day in (("zh-hans", "12月15日"), ("en", "15 Dec")):
        with override(language):
            said = desk(reader)[0].title
            assert said.count(day) == 1
            assert "2026-12" in said
            assert "2026-12-15" not in said


@pytest.mark.django_db
def test_an_alarm_kept_long_ago_says_its_month_to_each_reader():
    open_item(NewItem(key="k", kind="supervision", title=TITLES["zero"], action="Look", link="/",
                      right="r", area_code="500106",
                      parameters={"unit": "磁器口街道", "month": "2025-06"}))  # fmt: skip
    reader = Scope(1, "duty_leader", frozenset(["r"]), Reach.DISTRICT, "500106", None)
    for language, month in (("zh-hans", "2025年6月"), ("en", "June 2025")):
        with override(language):
            said = desk(reader)[0].title
            assert month in said
            assert "2025-06" not in said
