"""A signed report leaves once, to the offices that the district names, in its own standing."""

from pathlib import Path

import pytest
from django.utils import translation

import anlan.districts
from anlan.operations.incidents.actions import (
    ReportText,
    load_terms,
    report_first,
    sign_report,
)
from anlan.operations.incidents.models import Incident, Report, ReportingTerms
from anlan.operations.incidents.queries import incident, sent_to, terms_on
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db
SHAPINGBA = Path(anlan.districts.__file__).parent / "shapingba"


@pytest.fixture
def exercise(settings):
    settings.ANLAN_STANDING = "Exercise"


@pytest.fixture
def drafted(exercise, open_file, officer):
    load_terms(PLATFORM, SHAPINGBA)
    return report_first(
        officer, open_file, ReportText(figures={"affected": 7611}, situation="嘉陵江涨水")
    )


def test_the_districts_terms_are_the_rule_books(db, drill_clock):
    assert load_terms(PLATFORM, SHAPINGBA) == 1
    terms = terms_on(clock.today())
    assert (terms.phone_min, terms.written_min, terms.natural_first_min) == (30, 60, 120)
    assert (terms.follow_up_h, terms.final_days) == (24, 10)
    load_terms(PLATFORM, SHAPINGBA)
    assert ReportingTerms.objects.count() == 1


def test_a_draft_goes_nowhere(drafted):
    assert not Mailing.objects.exists()


def test_a_signed_report_goes_to_every_named_office_once(drafted, leader):
    sign_report(leader, drafted)
    with pytest.raises(Refused):
        sign_report(leader, drafted)
    mailing = Mailing.objects.get()
    assert (mailing.standing, mailing.subject_id) == ("Exercise", str(drafted))
    assert "7,611" in mailing.text
    assert "嘉陵江涨水" in mailing.text
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"console"}
    shown = sent_to(Report.objects.get().mailing_id)
    assert len(shown.offices) == 3


def test_the_letter_is_in_the_houses_language_whoever_signs(drafted, leader):
    with translation.override("en"):
        sign_report(leader, drafted)
    assert "受灾人口 7,611 人" in Mailing.objects.get().text


def test_a_real_report_does_not_leave_by_the_exercise_channel(drafted, open_file, leader):
    Incident.objects.filter(pk=open_file).update(standing="Actual")
    sign_report(leader, drafted)
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"smtp"}


def test_without_named_offices_the_file_says_that_nothing_left(open_file, officer, leader):
    sign_report(leader, report_first(officer, open_file, ReportText()))
    assert not Mailing.objects.exists()
    with translation.override("en"):
        assert incident(open_file).history[0].text == "First report signed, sent to 0 offices"
