"""When an emergency must be reported: phone 30 min, written 1 h, natural 2 h, then each 24 h."""

from datetime import datetime, timedelta

from anlan.operations.incidents.rules.terms import Course, Status, Terms, obligations
from anlan.vocabulary.clock import CHINA

KNOWN = datetime(2020, 8, 19, 17, 0, tzinfo=CHINA)
TERMS = Terms()


def at(**span):
    return KNOWN + timedelta(**span)


def due(course):
    return {o.key: o.due_at for o in obligations(course, TERMS)}


def status(course, key, now):
    return {o.key: o.status(now) for o in obligations(course, TERMS)}[key]


def test_the_terms_run_from_the_moment_the_district_knew():
    found = due(Course(KNOWN, natural=True))
    assert found == {"phone": at(minutes=30), "written": at(hours=1), "natural": at(hours=2)}


def test_an_accident_has_no_natural_disaster_term():
    assert "natural" not in due(Course(KNOWN, natural=False))


def test_a_follow_up_is_owed_24_hours_after_each_report():
    course = Course(KNOWN, natural=True, signed=[at(minutes=50), at(hours=20)])
    owed = [o for o in obligations(course, TERMS) if o.key == "follow_up"]
    assert [o.due_at for o in owed] == [at(minutes=50, hours=24), at(hours=44)]
    assert [o.met_at for o in owed] == [at(hours=20), None]


def test_a_stable_event_owes_a_final_report_and_no_follow_up():
    course = Course(KNOWN, natural=True, signed=[at(minutes=50)], stable_at=at(hours=10))
    found = due(course)
    assert "follow_up" not in found
    assert found["final"] == at(hours=10, days=10)


def test_a_term_is_late_then_missed():
    course = Course(KNOWN, natural=True)
    assert status(course, "phone", at(minutes=30)) is Status.WAITING
    assert status(course, "phone", at(minutes=31)) is Status.LATE
    assert status(course, "phone", at(minutes=61)) is Status.MISSED


def test_a_report_in_time_stays_in_time_for_ever():
    course = Course(KNOWN, natural=True, phoned_at=at(minutes=12), signed=[at(minutes=70)])
    assert status(course, "phone", at(days=30)) is Status.MET
    assert status(course, "written", at(days=30)) is Status.MET_LATE
    assert status(course, "natural", at(days=30)) is Status.MET
