"""The crest of another day and height: what follows from it moves with it."""

import pytest

from .playing import play_side_by_side, report

pytestmark = [pytest.mark.slow, pytest.mark.prove("drill")]


def test_a_moved_crest_takes_everything_with_it(district_home, tmp_path, request):
    play_side_by_side(district_home, [tmp_path], "--shift-hours", "6", "--raise-m", "-9")
    moved = report(tmp_path)
    crest = request.getfixturevalue("crest")  # only now: another worker may be playing it
    assert {a["level"] for a in moved["alerts"]} == {3}
    assert moved["alerts"][0]["drafted_at"] > crest["alerts"][0]["drafted_at"]
    assert moved["response"]["tasks"] == 0
    assert moved["alerts"][-1]["status"] == "LIFTED"
