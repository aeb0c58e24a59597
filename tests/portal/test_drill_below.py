"""A crest that stays below warning: the platform looks on and proposes nothing."""

import pytest

from .playing import play_side_by_side, report

pytestmark = [pytest.mark.slow, pytest.mark.prove("drill")]


def test_a_crest_below_warning_drafts_nothing(district_home, tmp_path):
    play_side_by_side(district_home, [tmp_path], "--raise-m", "-12")
    said = report(tmp_path)
    assert said["alerts"] == said["forecasts"] == said["escalations"] == []
    assert said["response"]["tasks"] == 0
    assert not [a for a in said["alarms"] if a["station"] == "ciqikou"]
