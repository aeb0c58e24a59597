"""Fires in the columns of FIRMS: by header, in UTC, whatever the product's habits."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.protocols.firms import Confidence, Fire, NotFirms, Rejected, parse

VIIRS = ("latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,"
         "confidence,version,bright_ti5,frp,daynight\n")  # fmt: skip
MODIS = ("latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,"
         "version,bright_t31,frp,daynight\n")  # fmt: skip


def one(text):
    (found,) = parse(text, 10)
    return found


def test_a_viirs_row_is_read_whole():
    row = "29.61234,106.41,331.2,0.4,0.5,2026-03-02,607,N20,VIIRS,h,2.0NRT,290.1,4.25,D\n"
    assert one(VIIRS + row) == Fire(
        "VIIRS", "NOAA-20", 106.41, 29.61234, datetime(2026, 3, 2, 6, 7, tzinfo=UTC),
        Confidence.HIGH, "h", 331.2, 4.25, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("time", "minute"), [("7", 7), ("0007", 7), ("41", 41), ("1859", 18 * 60 + 59)]
)
def test_a_time_may_lack_its_zeros(time, minute):
    row = f"29.6,106.4,320,1,1,2026-03-02,{time},Terra,55,6.1NRT,290,,N\n"
    fire = one(MODIS + row)
    assert fire.acquired_at.hour * 60 + fire.acquired_at.minute == minute
    assert (fire.instrument, fire.confidence, fire.frp_mw) == ("MODIS", Confidence.NOMINAL, None)


@pytest.mark.parametrize(
    ("stated", "means"), [("l", "low"), ("nominal", "nominal"), ("high", "high"), ("29", "low"),
                          ("80", "high"), ("0", "low"), ("100", "high")]
)  # fmt: skip
def test_confidence_is_a_letter_a_word_or_a_percentage(stated, means):
    row = f"29.6,106.4,320,1,1,2026-03-02,0100,A,{stated},6.1NRT,290,3,N\n"
    assert one(MODIS + row).confidence == means


@pytest.mark.parametrize(
    "row",
    ["91,106,320,1,1,2026-03-02,0100,A,50,6,290,3,N", "29,106,320,1,1,2026-03-02,2460,A,50,6,290,3",
     "29,106,320,1,1,2026-13-02,0100,A,50,6,290,3,N", "29,106,320,1,1,2026-03-02,0100,A,x,6,290,3",
     "29,106,nan,1,1,2026-03-02,0100,A,50,6,290,3,N", ",,", "29,106,320,1,1,2026-03-02,-1,A,5,6"],
)  # fmt: skip
def test_a_bad_line_is_named_and_the_others_stand(row):
    good = "29.6,106.4,320,1,1,2026-03-02,0100,A,50,6.1NRT,290,3,N\n"
    found = parse(f"{MODIS}{row}\n{good}", 10)
    assert isinstance(found[0], Rejected)
    assert found[0].line == 2
    assert isinstance(found[1], Fire)


def test_an_answer_in_words_is_no_table():
    for text in ("Invalid MAP_KEY.", "", "<html>", "latitude,longitude\n1,2\n"):
        with pytest.raises(NotFirms):
            parse(text, 10)


@given(st.text(max_size=300))
def test_whatever_follows_the_header_is_a_fire_or_rejected(text):
    with contextlib.suppress(NotFirms):
        assert all(isinstance(one, Fire | Rejected) for one in parse(VIIRS + text, 5))
