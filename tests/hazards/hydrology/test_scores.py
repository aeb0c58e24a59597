"""GB/T 22482 against typed cases and, where it is at hand, the example set beside the checkout."""

import json
from pathlib import Path

import pytest

from anlan.hazards.hydrology import scores

EXAMPLES = Path(__file__).parents[3] / "../shared/hazards/gbt22482_scoring_examples.json"


def test_a_stage_forecast_is_judged_by_the_change_it_foresaw() -> None:
    """The river rose 5 m over the lead: 1 m is allowed; it rose 0.2 m: 0.10 m is."""
    passed = scores.stage_qualified([190.9, 191.1, 185.29, 185.31], [190, 190, 185.2, 185.2], 185.0)
    assert passed.tolist() == [True, False, True, False]


def test_allowed_errors_have_a_floor_and_a_ceiling() -> None:
    assert scores.time_allowed_h([5.0, 20.0]).tolist() == [3.0, 6.0]
    assert scores.time_allowed_h(5.0, step_h=6.0) == 6.0
    assert scores.depth_allowed_mm([10.0, 50.0, 200.0]).tolist() == [3.0, 10.0, 20.0]


def test_nothing_to_judge_has_no_score() -> None:
    assert scores.qualified_rate([]) is None
    assert scores.certainty([1.0, 1.0], [2.0, 2.0]) is None
    assert scores.grade(59.9, scores.GBT22482.qr) is None
    with pytest.raises(ValueError, match="same times"):
        scores.certainty([1.0], [1.0, 2.0])


def test_the_bound_belongs_to_the_grade() -> None:
    assert [scores.grade(v, scores.GBT22482.qr) for v in (85.0, 84.9, 70.0, 60.0)] == [*"甲乙乙丙"]


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the shared example sets are not at hand")
def test_the_example_set_is_reproduced() -> None:
    sets = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for case in sets["qr"]:
        events = case["events"]

        def column(key: str, rows: list[dict[str, float]] = events) -> list[float]:
            return [row[key] for row in rows]

        verdicts = {
            "peak": scores.peak_qualified(column("peak_fc"), column("peak_obs")),
            "time": scores.time_qualified(column("time_err_h"), column("lead_h")),
            "runoff": scores.depth_qualified(column("runoff_fc_mm"), column("runoff_obs_mm")),
        }
        for key, verdict in verdicts.items():
            assert verdict.tolist() == column(f"{key}_ok")
            rate = scores.qualified_rate(verdict)
            assert rate == pytest.approx(case["expected"][key]["QR"])
            assert scores.grade(rate or 0.0, scores.GBT22482.qr) == case["expected"][key]["grade"]
    for case in sets["dc"]:
        value = scores.certainty(case["fc"], case["obs"])
        assert value == pytest.approx(case["DC"], abs=1e-4)
        assert scores.grade(value or 0.0, scores.GBT22482.dc) == case["grade"]
