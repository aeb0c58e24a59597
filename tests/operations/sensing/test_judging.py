"""A person says of a flagged reading that it is right or wrong; the reading stays as it came."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.actions import PLATFORM, relay_events
from anlan.operations.sensing.actions import (
    Judgement,
    NotFlagged,
    judge_reading,
    make_rollups,
    record_frames,
)
from anlan.operations.sensing.models import Reading, ReadingJudgement, RollUp
from anlan.operations.sensing.queries import alarms, flagged, latest, series
from anlan.operations.sensing.rules.quality import HOUR, Flag

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")


def make_all():
    while make_rollups():
        pass


def judge(gauge, minute, verdict, by=PLATFORM):
    at = START + timedelta(minutes=minute)
    return judge_reading(by, Judgement("ciqikou", "stage", at, "sl651", verdict, "去看过"))


def settle():
    while relay_events():
        pass
    make_all()


def stage_values(**how):
    return series("ciqikou", "stage", START - HOUR, START + HOUR, **how).value


def test_what_is_judged_wrong_is_kept_and_computed_with_no_more(gauge):
    gauge.rises(180.0, 180.1, 185.0)
    make_all()
    assert judge(gauge, 10, Flag.WRONG)
    assert not judge(gauge, 10, Flag.WRONG)
    settle()
    assert stage_values() == [180.0, 180.1]
    assert stage_values(all_kept=True) == [180.0, 180.1, 185.0]
    assert latest(["ciqikou"])["ciqikou"].value == 180.1
    assert RollUp.objects.get(span_s=3600).high == 180.1
    (row,) = flagged("ciqikou", START)
    assert (row.value, row.verdict, row.note) == (185.0, Flag.WRONG, "去看过")
    assert judge(gauge, 10, Flag.RIGHT)
    settle()
    assert stage_values() == [180.0, 180.1, 185.0]
    assert latest(["ciqikou"])["ciqikou"].value == 185.0
    assert RollUp.objects.get(span_s=3600).high == 185.0


def test_a_judgement_is_of_a_value_and_ends_with_its_revision(gauge):
    gauge.rises(180.0, 185.0)
    make_all()
    judge(gauge, 5, Flag.WRONG)
    settle()
    record_frames([gauge.frame(5, 184.0, sent_after=60)])
    make_all()
    assert stage_values() == [180.0, 184.0]
    assert Flag(Reading.objects.get(value=184.0).flags) == Flag.STEP


def test_a_revision_of_what_was_judged_wrong_raises_its_alarm_at_once(gauge):
    gauge.rises(180.0, 180.0, 184.9)
    make_all()
    judge(gauge, 10, Flag.WRONG)
    settle()
    gauge.rises(185.1, 185.1, begin=15)
    assert alarms(None) == []
    record_frames([gauge.frame(10, 185.2, sent_after=60)])
    assert [row.state for row in alarms(None)] == ["open"]


def test_what_was_judged_wrong_stays_so_when_it_is_said_again(gauge):
    gauge.rises(180.0, 185.0)
    make_all()
    judge(gauge, 5, Flag.WRONG)
    settle()
    record_frames([gauge.frame(5, 185.0, sent_after=60)])
    make_all()
    assert stage_values() == [180.0]
    assert latest(["ciqikou"])["ciqikou"].value == 180.0


def test_only_what_a_check_found_can_be_judged(gauge):
    gauge.rises(180.0, 180.1)
    make_all()
    with pytest.raises(NotFlagged):
        judge(gauge, 5, Flag.WRONG)
    assert not ReadingJudgement.objects.exists()


def test_a_suspect_rise_raises_its_alarm_and_the_alarm_says_so(gauge):
    gauge.rises(180.0, 185.0, 185.1, 185.2)
    make_all()
    told = {row.rule: Flag(row.flags) for row in alarms(None)}
    assert told == {"warning": Flag.STEP}
    (item,) = WorkItem.objects.filter(key="alarm:ciqikou:stage:warning", done_at=None)
    assert "suspect" in item.detail


def test_the_page_names_the_reason_and_a_person_judges(gauge, client):
    gauge.rises(180.0, 180.1, 185.0)
    make_all()
    officer = log_in(client)
    page = officer.get("/stations/ciqikou/flagged").content.decode()
    assert "突变" in page
    assert "185.00" in page
    assert "突变 1" in officer.get("/stations/flagged").content.decode()
    at = (START + timedelta(minutes=10)).isoformat()
    said = {"element": "stage", "at": at, "source": "sl651", "verdict": "wrong", "note": "漂浮物"}
    assert officer.post("/stations/ciqikou/judge", said).status_code == 302
    settle()
    again = officer.get("/stations/ciqikou/flagged").content.decode()
    assert "判为错误" in again
    assert "漂浮物" in again
    assert officer.post("/stations/ciqikou/judge", said | {"at": "x"}).status_code == 404
    chart = officer.get("/api/v1/stations/ciqikou/series").json()
    assert chart["flags"] == [0, 0, Flag.STEP | Flag.WRONG]
    book = load_workbook(io.BytesIO(officer.get("/stations/ciqikou/flagged/export").content))
    assert [cell.value for cell in list(book.active.rows)[1]][4:8] == [
        "突变", "判为错误", "陈立", "漂浮物",
    ]  # fmt: skip
