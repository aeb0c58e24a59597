"""What devices state beside readings: means of periods, and pictures."""

from datetime import timedelta

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import record_frames, register_stations, stated
from anlan.operations.sensing.models import Reading, StatedPeriod, StationPicture
from anlan.operations.sensing.queries import pictures, stated_periods
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame, from_line, to_line
from anlan.vocabulary.readings import PeriodValue, Picture, Span

from .conftest import DEVICE, START
from .test_pages import log_in
from .test_water import MN, STATION

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)
JPEG = bytes.fromhex("FFD8FFC0000B080010002001011100FFDA0004") + b"\x12" * 9 + b"\xff\xd9"


def means(mean, minutes, at=START - HOUR, span=Span.HOUR):
    one = PeriodValue(MN, Element.AMMONIA_NITROGEN, span, at, mean - 0.1, mean, mean + 0.1)
    came = START + timedelta(minutes=minutes)
    return from_line(to_line(Frame("hj212", MN, came, "", (), periods=(one,))))


def test_a_mean_is_kept_by_its_period_and_never_becomes_a_reading(drill_clock, client):
    register_stations(PLATFORM, [STATION], [])
    first, anew = means(0.5, 1), means(0.6, 2)
    day = means(0.4, 3, START - 24 * HOUR, Span.DAY)
    for batch in ([first, anew, day], [first], [anew]):
        record_frames(batch)
    assert (StatedPeriod.objects.count(), Reading.objects.count()) == (3, 0)
    (hour,) = stated_periods(STATION.code, "ammonia_nitrogen", "hour")
    assert (hour.at, hour.mean, hour.revised) == (START - HOUR, 0.6, True)
    log_in(client)
    page = client.get(f"/stations/{STATION.code}?span=day").content.decode()
    assert "<b>0.40</b>" in page
    assert '<option value="hour">' in page  # what past data may be asked for
    assert "<b>0.60</b>" not in page
    assert "<b>0.60</b>" in client.get(f"/stations/{STATION.code}?span=hour").content.decode()


def test_what_flowed_in_a_period_is_shown_beside_its_mean_in_its_own_unit(drill_clock, client):
    register_stations(PLATFORM, [STATION], [])
    one = PeriodValue(
        MN, Element.AMMONIA_NITROGEN, Span.DAY, START - 24 * HOUR, None, 0.4, None, 6.93
    )
    record_frames([from_line(to_line(Frame("hj212", MN, START, "", (), periods=(one,))))])
    (day,) = stated_periods(STATION.code, "ammonia_nitrogen", "day")
    assert (day.mean, day.total) == (0.4, 6.93)
    log_in(client)
    page = client.get(f"/stations/{STATION.code}?span=day").content.decode()
    assert "累计量 kg" in page
    assert "6.93" in page


def picture(n=0, body=JPEG):
    at = START + timedelta(minutes=n)
    one = Picture(DEVICE, at, body)
    return from_line(to_line(Frame("sl651", DEVICE, at, "", (), pictures=(one,))))


def test_a_picture_is_kept_once_shown_and_handed_out_as_nothing_but_a_picture(gauge, client):
    for batch in ([picture(), picture(1)], [picture()], [picture(2, b"<svg onload=x>")]):
        record_frames(batch)
    newest, before = pictures("ciqikou")
    assert (newest.at, before.at) == (START + timedelta(minutes=1), START)
    assert (newest.width, newest.height, newest.size) == (32, 16, len(JPEG))
    log_in(client)
    address = f"/stations/ciqikou/pictures/{newest.id}"
    assert address in client.get("/stations/ciqikou").content.decode()
    assert newest.digest[:16] in client.get("/stations/ciqikou/pictures").content.decode()
    answer = client.get(address)
    assert answer.content == JPEG
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    log_in(client, role="department", area_code="500107")
    assert client.get(address).status_code == 404


def test_a_stations_oldest_pictures_make_room(gauge, monkeypatch):
    monkeypatch.setattr(stated, "MOST_PICTURES", 3)
    record_frames([picture(n) for n in range(5)])
    assert [one.at for one in pictures("ciqikou")] == [
        START + timedelta(minutes=n) for n in (4, 3, 2)
    ]
    assert StationPicture.objects.count() == 3
