"""A message in several packets, each acknowledged by itself: whole again wherever it comes from."""

from datetime import timedelta

import pytest
from msgspec import structs

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import give_up_parts, record_frames, register_stations
from anlan.operations.sensing.models import BadFrame, FramePart, Reading, Series
from anlan.protocols import hj212
from anlan.protocols.hj212 import Message, Packet
from anlan.protocols.hj212.segment import seconds
from anlan.vocabulary.frames import Part, from_line, to_line

from .conftest import START
from .test_water import MN, STATION

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _station(drill_clock, db):
    register_stations(PLATFORM, [STATION], [])


def parts(*contents, name="2011 a", at=START, flag="D"):
    """Packets of a message that cuts the ammonia from its flag and the rest from its time."""
    cut = contents or (
        ((("DataTime", seconds(at)),), (("w01018-Rtd", "12.5"),), (("w21003-Rtd", "0.4"),)),
        ((("w21003-Flag", flag),), (("w01009-Rtd", "7.9"),)),
        ((("w01001-Rtd", "7.1"),),),
    )
    made = []
    for number, content in enumerate(cut, 1):
        packet = Packet(len(cut), number)
        message = Message(st="21", cn="2011", mn=MN, pw="1", flag=7, packet=packet, content=content)
        came = at + timedelta(seconds=number)
        raw = hj212.encode(message).hex().upper()
        one = Part("hj212", MN, "10.0.0.9:1", came, raw, name, number, len(cut))
        made.append(from_line(to_line(one)))
    return made


def stored():
    elements = dict(Series.objects.values_list("pk", "element"))
    return {elements[pk]: value for pk, value in Reading.objects.values_list("series", "value")}


WHOLE = {"cod": 12.5, "ammonia_nitrogen": None, "dissolved_oxygen": 7.9, "ph": 7.1}


@pytest.mark.parametrize("batches", [[(0, 1, 2)], [(0,), (1,), (2,)], [(2,), (0, 0), (1, 0)]])
def test_what_was_cut_is_whole_in_any_order_and_any_batches(batches):
    packets = parts()
    for batch in batches:
        assert stored() == {}
        record_frames([packets[n] for n in batch])
    assert stored() == WHOLE
    for batch in batches:  # a crash before the spool was trimmed
        record_frames([packets[n] for n in batch])
    assert give_up_parts() == 0
    assert (stored(), BadFrame.objects.count()) == (WHOLE, 0)


def test_a_packet_that_is_said_again_is_the_same_packet(drill_clock):
    first, second, third = parts()
    again = structs.replace(first, received_at=START + timedelta(minutes=1))
    record_frames([first, again, second, third])
    assert stored() == WHOLE
    late = START + timedelta(minutes=2)  # its answer was lost on the way
    record_frames([structs.replace(third, received_at=late)])
    drill_clock.move_to(START + timedelta(minutes=30))
    give_up_parts()
    assert not BadFrame.objects.exists()


def test_what_never_gets_whole_is_kept_as_broken_off_and_may_still_get_whole(drill_clock):
    first, second, third = parts()
    record_frames([first, second])
    drill_clock.move_to(START + timedelta(minutes=9))
    assert give_up_parts() == 0
    drill_clock.move_to(START + timedelta(minutes=11))
    assert (give_up_parts(), give_up_parts()) == (2, 0)
    kept = BadFrame.objects.order_by("received_at")
    assert {(one.reason, one.device, one.peer) for one in kept} == {
        ("incomplete", MN, "10.0.0.9:1")
    }
    assert [one.detail for one in kept] == ["packet 1 of 3 of 2011 a", "packet 2 of 3 of 2011 a"]
    assert kept[0].raw == first.raw
    record_frames([third])  # the recorder was behind, not the device
    assert stored() == WHOLE


def test_parts_are_forgotten_after_a_day(drill_clock):
    record_frames([*parts(), *parts(name="2011 b")[:1]])
    drill_clock.move_to(START + timedelta(minutes=11))
    give_up_parts()
    assert FramePart.objects.count() == 4
    drill_clock.move_to(START + timedelta(days=1, minutes=11))
    give_up_parts()
    assert FramePart.objects.count() == 0


def test_a_name_used_again_joins_nothing_of_another_message():
    """An instrument whose QN stands still; its first message lost its last packets."""
    lost, later = parts(), parts(at=START + timedelta(minutes=2), flag="N")
    record_frames([lost[0], later[0], later[1], later[2]])
    assert stored() == WHOLE | {"ammonia_nitrogen": 0.4}
    assert set(Reading.objects.values_list("at", flat=True)) == {START + timedelta(minutes=2)}
    fourth, sixth = (parts(at=START + timedelta(minutes=n)) for n in (4, 6))
    record_frames([*fourth, *sixth[:2]])
    record_frames(sixth[2:])
    assert Reading.objects.count() == 12
    much_later = parts(at=START + timedelta(minutes=20))
    record_frames([lost[0], *much_later[1:]])
    assert Reading.objects.count() == 12


def test_what_is_doubted_of_the_whole_is_said_once_it_is_whole():
    record_frames(parts(((("DataTime", seconds(START)),), (("w01018-Rtd", "x"),)),
                        ((("w01018-Flag", "N"),),)))  # fmt: skip
    (bad,) = BadFrame.objects.all()
    assert (bad.reason, bad.detail) == ("element", "w01018-Rtd=x is no number")
