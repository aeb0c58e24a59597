"""The main job, whole: a crest passes Ciqikou, from the gauge's frame to the last report."""

import json

import pytest

from .playing import report
from .running import anlan

pytestmark = [pytest.mark.slow, pytest.mark.prove("drill")]


def test_two_runs_agree_to_the_last_byte_but_for_the_wall_clock(drills):
    first, second = (report(folder) for folder in drills)
    for one in (first, second):
        assert set(one.pop("wall")) == {
            "total_s", "frame_to_alarm_p50_s", "frame_to_alarm_p99_s", "alarm_to_draft_s",
            "forecasts_s",
        }  # fmt: skip
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


def test_every_frame_is_acknowledged_and_stored_once(crest):
    assert crest["frames_sent"] == crest["frames_acked"] == crest["readings_stored"] > 1500
    assert crest["bad_frames"] == 0


def test_each_threshold_raises_one_alarm_that_ends(crest):
    at_ciqikou = [a for a in crest["alarms"] if a["station"] == "ciqikou"]
    assert [a["rule"] for a in at_ciqikou] == ["warning", "guarantee", "red"]
    assert all(a["ended_at"] for a in at_ciqikou)
    assert all(a["datum"] == "wusong" for a in at_ciqikou)


def test_at_most_three_forecasts_each_scored_by_lead_time(crest, proof):
    assert 1 <= len(crest["forecasts"]) <= 3
    assert all(f["datum"] and f["error_by_lead_time"] for f in crest["forecasts"])
    wall = crest["wall"]
    proof(
        "the drill",
        f"two drills of the crest side by side, each {wall['total_s']:.0f} s; "
        f"forecasts {', '.join(f'{s:.1f}' for s in wall['forecasts_s'])} s; "
        f"frame to alarm p99 {wall['frame_to_alarm_p99_s']:.2f} s",
    )


def test_the_forecast_puts_people_and_communities_under_water(crest):
    flood = crest["inundation"]
    assert flood["area_m2"] > 1e6
    assert sum(flood["people_by_depth_class"]) == flood["people"] > 0
    assert flood["communities"]


def test_three_people_stand_behind_every_alert(crest):
    assert crest["alerts"]
    for alert in crest["alerts"]:
        hands = {alert["drafted_by"], alert["reviewed_by"], alert["signed_by"]}
        assert len(hands) == 3
        assert None not in hands
        assert alert["standing"] == "Exercise"


def test_receipts_narrow_from_targeted_to_acknowledged(crest):
    for alert in crest["alerts"]:
        steps = [alert[name] for name in ("targeted", "sent", "delivered", "acknowledged")]
        assert steps == sorted(steps, reverse=True)
        assert steps[-1] > 0


def test_updates_replace_and_the_lift_ends_the_episode(crest):
    *earlier, last = crest["alerts"]
    assert [a["updates"] for a in crest["alerts"]] == list(range(len(earlier), -1, -1))
    assert {a["status"] for a in earlier} == {"UPDATED"}
    assert last["status"] == "LIFTED"
    assert last["lifted_at"] > crest["alarms"][0]["raised_at"]


def test_three_who_did_not_answer_were_escalated_and_then_answered(crest):
    silent = [e for e in crest["escalations"] if e["kind"] == "unanswered"]
    assert len(silent) == 3
    assert all(e["step"] == 2 and e["why"] == "answered" for e in silent)


def test_the_response_ran_its_tasks_and_ended(crest):
    response = crest["response"]
    assert response["tasks"] == response["done"] > 10
    assert response["ended_at"]
    assert response["evacuated"] == response["to_evacuate"] > 0


def test_nobody_assigned_a_shelter_is_left_without_room(crest):
    shelters = crest["shelters"]
    assert 0 < shelters["assigned"] <= shelters["capacity"]
    assert shelters["unplaced"] == 0
    assert shelters["mean_distance_m"] > 0
    assert shelters["gap"] is not None


def test_indicators_are_recomputed_from_the_drill(crest):
    values = {i["id"]: i["value"] for i in crest["indicators"]}
    assert values.keys() >= {"K-14", "K-16", "K-44", "K-45", "K-46", "K-47"}
    assert values["K-44"] == 114
    assert values["K-16"] > 0


def test_the_pages_stand_by_themselves_in_both_languages(drills):
    chinese = (drills[0] / "report.html").read_text(encoding="utf-8")
    english = (drills[0] / "report.en.html").read_text(encoding="utf-8")
    assert "演练报告" in chinese
    assert "Exercise report" in english
    for page in (chinese, english):
        assert "<script" not in page
        assert "http://" not in page
        assert page.count("<svg") >= 2


def test_a_drill_leaves_the_installation_as_it_was(district_home, drills):
    doctor = anlan(district_home, "doctor")
    assert "acknowledged frames not yet" in doctor.stdout
    assert not list((district_home / "results").glob("**/*.zarr"))


def test_an_unknown_scenario_lists_the_known_ones(district_home):
    done = anlan(district_home, "drill", "run", "tsunami", "--headless")
    assert done.returncode == 2
    assert "jialing-crest" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("pace", ["0", "fast", "-3"])
def test_a_pace_that_is_none_is_refused_in_one_line(district_home, pace):
    done = anlan(district_home, "drill", "run", "jialing-crest", f"--pace={pace}")
    assert done.returncode == 2
    assert "--pace takes a number above 0" in done.stderr
