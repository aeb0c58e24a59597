"""K-16's measure: mean(onset − issue); unannounced counts 0."""

from datetime import datetime, timedelta

import pytest

from anlan.operations.assessment.rules.lead_time import Issue, Onset, leads, mean_minutes
from anlan.vocabulary.clock import CHINA

T0 = datetime(2020, 8, 19, 12, tzinfo=CHINA)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


def onset(level, minutes, pk=1):
    return Onset(pk, "ciqikou", level, at(minutes))


def minutes_of(onsets, issues):
    return [lead.minutes for lead in leads(onsets, issues)]


def test_an_event_announced_an_hour_before_leads_by_sixty_minutes():
    assert minutes_of([onset(2, 60)], [Issue(1, 1, 2, at(0), None)]) == [60]


def test_an_event_that_nobody_announced_counts_0():
    assert minutes_of([onset(2, 60)], []) == [0]


def test_an_alert_after_the_event_is_a_miss():
    assert minutes_of([onset(2, 60)], [Issue(1, 1, 2, at(61), None)]) == [0]


def test_a_milder_alert_does_not_announce_a_severer_mark():
    assert minutes_of([onset(1, 60)], [Issue(1, 1, 3, at(0), None)]) == [0]


def test_a_severer_alert_announces_a_milder_mark():
    assert minutes_of([onset(3, 60)], [Issue(1, 1, 1, at(0), None)]) == [60]


def test_an_alert_that_had_ended_announces_nothing():
    assert minutes_of([onset(2, 60)], [Issue(1, 1, 2, at(0), at(30))]) == [0]


def test_an_update_keeps_the_lead_of_the_first_message_that_was_severe_enough():
    chain = [
        Issue(1, 1, 3, at(-100), at(-50)),
        Issue(2, 1, 2, at(-50), at(-10)),
        Issue(3, 1, 1, at(-10), None),
    ]
    assert minutes_of([onset(2, 60)], chain) == [110]


def test_the_mean_is_over_every_event_missed_ones_too():
    found = leads(
        [onset(3, 30, 1), onset(2, 90, 2), onset(1, 120, 3)],
        [Issue(1, 1, 2, at(0), None)],
    )
    assert [lead.minutes for lead in found] == [30, 90, 0]
    assert mean_minutes(found) == pytest.approx(40)


def test_without_events_there_is_no_mean():
    assert mean_minutes([]) is None
