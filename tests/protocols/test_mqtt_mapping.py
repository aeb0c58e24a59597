"""What JSON on a topic means, by configuration; and what is said of a message that has none."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from anlan.protocols.framing import Malformed
from anlan.protocols.mqtt import TopicMap, Unread, matches, readings
from anlan.protocols.mqtt.written import BadMap, read_file, read_map, write_file, write_map
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.elements import Element

NOW = datetime(2026, 3, 14, 16, 0, tzinfo=CHINA)
CRACK = {
    "name": "cracks", "topic": "geohazard/{device}/data", "time": "$.ts", "time_format": "epoch_ms",
    "values": "$.d.crack crack_width\n$.d.rain rain_hour 0.1\n$.volt battery", "no_data": "-9999",
}  # fmt: skip
FAMILY = {
    "name": "tilts", "topic": "$dp", "records": "$.{device}.L1_QJ_1.{time}",
    "values": "$.X tilt_x\n$.Y tilt_y",
}  # fmt: skip


def heard(fields, topic, document, connected="gw1"):
    payload = document if isinstance(document, bytes) else json.dumps(document).encode()
    return readings(read_map(fields), topic, payload, connected, NOW).readings


def test_values_of_a_message_with_factor_time_and_no_data():
    at = datetime(2026, 3, 14, 7, 59, tzinfo=UTC)
    message = {"ts": at.timestamp() * 1000, "d": {"crack": 3.5, "rain": 25}, "volt": -9999}
    found = heard(CRACK, "geohazard/d7/data", message)
    assert [(r.device, r.element, r.value, r.at) for r in found] == [
        ("D7", Element.CRACK_WIDTH, 3.5, at),
        ("D7", Element.RAIN_HOUR, 2.5, at),
        ("D7", Element.BATTERY, None, at),
    ]


def test_a_modem_s_figure_is_made_dbm_by_the_map():
    fields = CRACK | {"values": "$.csq signal 2 -113"}
    (found,) = heard(fields, "geohazard/d7/data", {"ts": 1773475140000, "csq": 24})
    assert (found.element, found.value) == (Element.SIGNAL, -65.0)


def test_devices_and_times_that_are_keys():
    message = {
        "100054920": {"L1_QJ_1": {"2026-03-14T07:04:03.000Z": {"X": 3.15, "Y": -5.14, "Z": 83.97}},
                      "L1_JS_1": {"2026-03-14T07:04:03.000Z": {"gX": -0.04}}},
        "SK11": {"L1_QJ_1": {"2026-03-14T07:05:00Z": {"X": 1}}},
    }  # fmt: skip
    found = heard(FAMILY, "$dp", message)
    assert [(r.device, r.element, r.value) for r in found] == [
        ("100054920", "tilt_x", 3.15), ("100054920", "tilt_y", -5.14), ("SK11", "tilt_x", 1.0),
    ]  # fmt: skip
    assert found[0].at == datetime(2026, 3, 14, 7, 4, 3, tzinfo=UTC)


def test_a_list_of_records_with_local_time_and_a_device_in_each():
    fields = {
        "name": "bridge", "topic": "bridge/+/up", "records": "$.rows.*", "device": "$.id",
        "time": "$.at", "time_format": "local", "values": "$.f.0 deflection 1000 -5",
    }  # fmt: skip
    message = {"rows": [{"id": 12, "at": "2026-03-14 15:00:00", "f": [0.01]},
                        {"id": "b2", "at": "2026-03-14 15:10:00", "f": [0.02]}]}  # fmt: skip
    found = heard(fields, "bridge/x/up", message)
    assert [(r.device, r.value, r.at.hour) for r in found] == [("12", 5.0, 15), ("B2", 15.0, 15)]


def test_a_zone_that_is_stated_counts_where_local_time_is_expected():
    fields = {"name": "w", "topic": "w", "time": "$.at", "time_format": "local",
              "values": "$.t air_temperature"}  # fmt: skip
    (found,) = heard(fields, "w", {"at": "2026-03-14T07:00:00Z", "t": 1})
    assert found.at == datetime(2026, 3, 14, 7, tzinfo=UTC)


def test_without_device_and_time_it_is_the_connection_and_now():
    fields = {"name": "w", "topic": "w", "values": "$.t air_temperature"}
    (found,) = heard(fields, "w", {"t": "21.5"})
    assert (found.device, found.at, found.value) == ("GW1", NOW, 21.5)


@pytest.mark.parametrize(
    ("topic", "message", "said"),
    [
        ("geohazard/d7/data", b"\xff", "no JSON"),
        ("geohazard/d7/data", b"[" * 100_000, "no JSON"),
        ("geohazard/d7/data", {"d": {"crack": 1}}, r"\$\.ts states no time"),
        ("geohazard/d7/data", {"ts": "soon", "d": {"crack": 1}}, "'soon' is no time"),
        ("geohazard/d7/data", {"ts": 1e30, "d": {"crack": 1}}, "is no time"),
        ("geohazard/d7/data", {"ts": 0, "d": {"crack": "wide"}}, r"\$\.d\.crack: 'wide'"),
        ("geohazard/d7/data", {"ts": 0, "d": {"crack": True}}, "is no number"),
        ("geohazard/d7/data", {"ts": 0, "d": {"crack": "nan"}}, "is no number"),
        ("geohazard/d7/data", {"ts": 0, "d": {}}, "nothing at"),
        ("geohazard/d7", {"ts": 0}, "is not geohazard"),
    ],
)
def test_what_a_message_lacks_is_said(topic, message, said):
    with pytest.raises(Malformed, match=said):
        heard(CRACK, topic, message)


@pytest.mark.parametrize(
    "message",
    [
        b'{"device": "\\ud800", "crack": 1}',
        b'{"device": "d1", "crack": 1' + 400 * b"0" + b"}",
        '{"device": "d1", "crack": 1}'.encode("utf-16"),
    ],
    ids=["half a character", "a number past all", "not UTF-8"],
)
def test_what_json_allows_and_nobody_can_keep_is_refused(message):
    named = {"name": "n", "topic": "#", "device": "$.device", "values": "$.crack crack_width"}
    with pytest.raises(Unread):
        heard(named, "t", message)


def test_what_is_wrong_in_one_record_costs_that_value_or_that_record_alone():
    fields = {"name": "b", "topic": "b", "records": "$.rows.*", "device": "$.id", "time": "$.at",
              "time_format": "local", "values": "$.f deflection 1e308\n$.g strain"}  # fmt: skip
    rows = [{"id": "b1", "at": "2026-03-14 15:00:00", "f": 1e9, "g": 2},
            {"id": "b2", "at": "soon", "g": 1}, {"at": "2026-03-14 15:00:00", "g": 1},
            {"id": "b4", "at": "2026-03-15 15:00:00", "g": 1}]  # fmt: skip
    found = readings(read_map(fields), "b", json.dumps({"rows": rows}).encode(), "", NOW)
    assert [(r.device, r.value) for r in found.readings] == [("B1", 2.0)]
    assert [str(fault) for fault in found.faults] == [
        "$.f: '1000000000.0' is no number", "'soon' is no time (local)", "$.id names no device",
        "observed 2026-03-15 15:00:00, later than it came",
    ]  # fmt: skip


def test_a_time_ahead_of_its_arrival_is_refused():
    late = (NOW + timedelta(hours=1)).timestamp() * 1000
    with pytest.raises(Malformed, match="later than it came"):
        heard(CRACK, "geohazard/d7/data", {"ts": late, "d": {"crack": 1}})


def test_a_message_with_more_readings_than_one_may_have_is_refused():
    rows = {"rows": [{"id": str(n), "at": "2026-03-14 15:00:00", "f": 1} for n in range(1001)]}
    fields = {"name": "b", "topic": "b", "records": "$.rows.*", "device": "$.id", "time": "$.at",
              "time_format": "local", "values": "$.f deflection"}  # fmt: skip
    with pytest.raises(Malformed, match="more than 1000"):
        heard(fields, "b", rows)


@pytest.mark.parametrize(
    ("pattern", "topic", "said"),
    [
        ("a/+/c", "a/b/c", {}), ("a/+/c", "a/b/d", None), ("a/#", "a/b/c", {}), ("a/#", "a", {}),
        ("a/{device}", "a/x", {"{device}": "x"}), ("a", "a/b", None), ("a/b", "a", None),
        ("#", "a/b", {}),
    ],
)  # fmt: skip
def test_topics(pattern, topic, said):
    assert matches(pattern, topic) == said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "give it a name"),
        ("topic", "", "write a topic"),
        ("topic", "a/#/b", "# stands alone"),
        ("topic", "a/b+", "whole level"),
        ("topic", "{device}/{device}", "once"),
        ("records", "$.{device}.x.{device}", "{device} stands twice"),
        ("device", "$.*", "* may stand only in the path of the records"),
        ("time", "$.a b", "a b is no key"),
        ("time_format", "unix", "unix is no format"),
        ("values", "", "at least one value"),
        ("values", "$.x warmth", "warmth is no element"),
        ("values", "$.x", "write path and element"),
        ("values", "$.x battery ten", "ten is no number"),
        ("values", "$.x battery inf", "inf is no number"),
        ("name", "n" * 61, "at most 60"),
        ("topic", "t" * 201, "at most 200"),
        ("records", "$." + "r" * 200, "at most 200"),
        ("no_data", "1 " * 101, "at most 200"),
        ("values", "$.x battery\n" * 400, "at most 4000"),
        ("values", "$.x battery\n$.y battery", "battery stands twice"),
        ("no_data", "-9999 none", "none is no number"),
    ],
)
def test_a_map_that_cannot_be_used_says_which_field_and_why(field, value, said):
    with pytest.raises(BadMap) as caught:
        read_map({**CRACK, field: value})
    assert list(caught.value.faults) == [field]
    fault = caught.value.faults[field]
    assert said in fault.message % fault.of


def test_a_map_is_written_as_it_is_read():
    for fields in (CRACK, FAMILY):
        given = read_map(fields)
        assert isinstance(given, TopicMap)
        assert read_map(write_map(given)) == given


def test_figures_of_any_length_go_out_in_a_file_and_come_back_the_same():
    fields = CRACK | {
        "values": "$.crack crack_width 0.0012345678 1234567.8\n$.x tilt_x -1e-12 3e22",
        "no_data": "9999999 -99999.99 -9999 1e+20",
    }
    given = read_map(fields)
    assert given.no_data == (9999999.0, -99999.99, -9999.0, 1e20)
    (again,) = read_file(write_file([given]).encode())
    assert read_map(again) == given
    assert write_map(read_map(CRACK))["values"].splitlines()[:2] == [
        "$.d.crack crack_width 1 0", "$.d.rain rain_hour 0.1 0",
    ]  # fmt: skip
