"""`anlan decode sl651`: both codings, divided bodies, questions and answers."""

from tests.portal.test_decoding import explained
from tests.protocols.test_sl651_content import DOWN, UP
from tests.protocols.test_sl651_packets import FIRST, SECOND, THIRD
from tests.protocols.test_sl651_text import MANUAL, TIMED


def test_ascii_frames_are_read_from_bytes_and_from_text() -> None:
    for line in (TIMED, TIMED.decode("latin-1"), TIMED.hex()):
        wrong, (said,) = explained("sl651", line)
        assert (wrong, said["coding"]) == (0, "ascii")
        assert [e.get("value") for e in said["reports"][0]["elements"]] == [
            194.29, None, -3.5, None, 12.5,
        ]  # fmt: skip
    _, (manual,) = explained("sl651", MANUAL)
    assert manual["text"].startswith("ST 12345678")


def test_the_packet_that_makes_a_body_whole_says_what_it_says() -> None:
    wrong, said = explained("sl651", FIRST, SECOND, THIRD)
    assert wrong == 0
    assert [one["packet"]["number"] for one in said] == [1, 2, 3]
    assert [e["value"] for e in said[2]["whole"]["reports"][0]["elements"]] == [194.29, 12.5]
    _, (_first, last) = explained("sl651", FIRST, THIRD)
    assert last["lacks_packet"] == 2


def test_parameters_status_and_events_are_said_by_name() -> None:
    lines = [UP[name][0] for name in UP]
    wrong, said = explained("sl651", *lines)
    assert wrong == 0
    by_function = {one["function"]: one for one in said}
    assert by_function["42"]["parameters"] == [
        {"id": "20", "name": "定时报时间间隔", "unit": "h", "value": 8},
        {"id": "21", "name": "加报时间间隔", "unit": "min", "value": 5},
    ]
    assert by_function["46"]["status"] == ["蓄电池电压低", "水位仪表故障"]
    assert by_function["50"]["events"]["ERC2"] == {"name": "参数变更记录", "times": 2}
    assert by_function["45"]["version"] == "V1.20-SL651"


def test_the_centres_questions_are_said_too() -> None:
    wrong, (said,) = explained("sl651", DOWN[0x38][1])
    assert wrong == 0
    assert (said["direction"], said["elements"], said["step"]) == ("down", ["39"], 3600)
    assert said["until"] == "2020-08-20T08:00:00+08:00"
