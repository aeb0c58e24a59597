"""What a station states of itself, bit by bit (SL 651-2014 table 58), and what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import translation

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.sensing.actions import check_station_states
from anlan.operations.sensing.models import Alarm
from anlan.vocabulary.elements import Element

from .conftest import START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
MAINS_OFF, BATTERY, STAGE_GAUGE, BOX_CLOSED, IC_CARD = 0x1, 0x2, 0x40, 0x80, 0x200


def states(gauge, minutes, *bits):
    gauge.says(minutes, float(sum(bits)), element=Element.STATUS)


def opened():
    return sorted(Alarm.objects.filter(state="open").values_list("rule", flat=True))


def test_a_fault_is_one_alarm_until_the_station_states_that_it_is_over(gauge, drill_clock):
    states(gauge, 0, BATTERY, STAGE_GAUGE)
    assert [check_station_states(), check_station_states()] == [2, 0]
    assert opened() == ["state_battery", "state_stage_gauge"]
    states(gauge, 5, STAGE_GAUGE)
    assert [check_station_states(), check_station_states()] == [1, 0]
    assert opened() == ["state_stage_gauge"]
    assert WorkItem.objects.filter(done_at=None).count() == 1
    states(gauge, 10)
    check_station_states()
    assert (opened(), WorkItem.objects.filter(done_at=None).count()) == ([], 0)


def test_what_is_no_fault_raises_nothing(gauge, drill_clock):
    states(gauge, 0, MAINS_OFF, BOX_CLOSED, IC_CARD)
    assert (check_station_states(), opened()) == (0, [])


def test_an_old_state_raises_nothing_and_a_later_one_counts(gauge, drill_clock):
    states(gauge, 0, BATTERY)
    drill_clock.move_to(START + timedelta(hours=5))
    assert (check_station_states(), opened()) == (0, [])
    states(gauge, 300)
    states(gauge, 240, STAGE_GAUGE)  # backfilled: an hour before the newest
    assert (check_station_states(), opened()) == (0, [])


def test_a_station_page_says_what_is_wrong_in_the_readers_words(client, gauge, drill_clock):
    states(gauge, 0, BATTERY, STAGE_GAUGE)
    gauge.says(0, 184.3)
    check_station_states()
    log_in(client)
    page = client.get("/stations/ciqikou").content.decode()
    assert "蓄电池电压低、水位仪表故障" in page
    alarms = client.get("/alarms").content.decode()
    assert "蓄电池电压低" in alarms
    with translation.override("en-gb"):
        client.cookies["django_language"] = "en-gb"
        assert "Battery low, Stage gauge fault" in client.get("/stations/ciqikou").content.decode()
