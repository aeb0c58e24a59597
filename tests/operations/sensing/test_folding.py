"""What a device says again and again without a place: the first, the newest and how many stay."""

from datetime import timedelta

import pytest

from anlan.operations.sensing.actions import fold_bad_frames, record_frames
from anlan.operations.sensing.models import BadFrame
from anlan.operations.sensing.queries import bad_frame_counts, bad_frames, totals
from anlan.protocols import sl651
from anlan.vocabulary import frames

from .conftest import DEVICE, START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
EVERY = timedelta(minutes=5)


def said(step, detail, *, protocol="sl651", device=DEVICE, reason="unsupported"):
    raw = f"7E7E{step:08X}"
    at = START + step * EVERY
    return frames.BadFrame(protocol, device, "10.0.0.9:41", at, raw, reason, detail)


def velocities(step):
    return said(step, f"FD DATA 流速批量数据传输 {step:08X}")


@pytest.fixture
def ten_days(gauge):
    """Velocities in bulk every five minutes for ten days; on the fifth something else, twice."""
    heap = [velocities(step) for step in range(2880)]
    heap += [said(1440, "FF02 0102"), said(1500, "FF02 0908")]
    heap += [said(n, "", reason="unknown_station", device="77") for n in range(5)]
    heap += [said(n, f"out of reach {n}") for n in (3, 4, 5)]  # what a person keyed in
    record_frames(heap)
    gauge.drill.move_to(START + 2880 * EVERY)
    return gauge


def lines():
    return {
        (row.device, row.detail): (row.times, row.raw, row.first_raw) for row in bad_frames(None)
    }


def test_of_what_is_said_again_the_first_and_the_newest_stay_and_all_are_counted(ten_days, client):
    before = lines()
    assert before[DEVICE, "FD DATA 流速批量数据传输 00000B3F"] == (
        2880, "7E7E00000B3F", "7E7E00000000",
    )  # fmt: skip
    while fold_bad_frames():
        pass
    assert lines() == before
    assert bad_frame_counts(None) == {"unknown_station": 5, "unsupported": 2885}
    assert totals().bad_frames == 2890
    left = BadFrame.objects.filter(about="FD").order_by("received_at")
    assert left.count() == 2 + 576  # of the first eight days two, of the last two each
    assert (left[0].raw, left[0].times) == ("7E7E00000000", 2880 - 577)
    page = log_in(client).get("/stations/bad-frames", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "the newest of 2,880 since" in text
    assert "7E7E00000B3F" in text
    assert "7E7E00000000" in text
    assert "2,885 frames could not be taken" in text or "2885 frames could not be taken" in text


def test_what_stands_for_itself_is_never_folded(ten_days):
    while fold_bad_frames():
        pass
    assert BadFrame.objects.filter(device="77").count() == 5
    assert BadFrame.objects.filter(detail__startswith="out of reach").count() == 3
    assert BadFrame.objects.filter(about="FF02").count() == 2


def test_the_same_frames_recorded_and_folded_again_count_once(ten_days):
    fold_bad_frames()
    record_frames([velocities(step) for step in range(2400, 2880)])
    ten_days.drill.move_to(START + timedelta(days=11))
    record_frames([velocities(3000)])
    fold_bad_frames()
    assert lines()[DEVICE, f"FD DATA 流速批量数据传输 {3000:08X}"][0] == 2881


@pytest.mark.parametrize(
    ("detail", "names"),
    [
        ("09 GH 闸坝、水库闸门开启高度 1.25 m; FF02 0102", "09 FF02"),
        ("FF02 0103", "FF02"),
        ("12 boats came; 14 left", ""),
        ("09 boats came", ""),
        ("a picture of 12 bytes that is no JPEG", ""),
    ],
)
def test_elements_are_known_by_their_codes_and_a_persons_words_by_none(detail, names):
    assert sl651.elements_named(detail) == names
