"""Routing against the printed textbook example and its own balance."""

import numpy as np
import pytest

from anlan.hazards.hydrology import muskingum

# Subramanya, Engineering Hydrology: K = 12 h, x = 0.20, dt = 6 h, first outflow 10 m3/s.
INFLOW = [10.0, 20.0, 50.0, 60.0, 55.0, 45.0, 35.0, 27.0, 20.0, 15.0]
PRINTED = [10.0, 10.48, 16.46, 32.94, 45.61, 49.61, 46.93, 40.87, 33.92, 27.04]


def test_the_textbook_example_is_reproduced() -> None:
    outflow = muskingum.route(INFLOW, k_h=12.0, x=0.20, dt_h=6.0, initial=10.0)
    assert np.abs(outflow - PRINTED).max() <= 0.045  # the book rounds its coefficients
    c = muskingum.coefficients(12.0, 0.20, 6.0)
    assert (c.c0, c.c1, c.c2) == pytest.approx((0.048, 0.429, 0.523), abs=1e-3)  # the book cuts off


def test_a_steady_flow_passes_unchanged() -> None:
    outflow = muskingum.route([5000.0] * 30, k_h=3.0, x=0.3, dt_h=1.0)
    assert outflow == pytest.approx(5000.0)


@pytest.mark.parametrize(("k_h", "x", "dt_h"), [(12.0, 0.2, 6.0), (3.0, 0.3, 1.0), (3.0, 0.3, 0.5)])
def test_what_goes_in_comes_out_k_hours_later(k_h: float, x: float, dt_h: float) -> None:
    """Volume is kept and the centre of the wave moves by K, whatever the sub-reaches."""
    t = np.arange(0.0, 400.0, dt_h)
    wave = np.exp(-(((t - 60.0) / 15.0) ** 2)) * 1000.0
    routed = muskingum.route(wave, k_h=k_h, x=x, dt_h=dt_h)
    assert routed.sum() == pytest.approx(wave.sum(), rel=1e-6)
    delay = (t * routed).sum() / routed.sum() - (t * wave).sum() / wave.sum()
    assert delay == pytest.approx(k_h, rel=1e-3)


def test_a_step_that_would_invent_waves_is_refused() -> None:
    with pytest.raises(muskingum.StepOutOfRange):
        muskingum.coefficients(12.0, 0.3, 6.0)
    with pytest.raises(muskingum.StepOutOfRange):
        muskingum.route(INFLOW, k_h=2.0, x=0.2, dt_h=6.0)
    with pytest.raises(muskingum.StepOutOfRange):
        muskingum.route(INFLOW, k_h=12.0, x=0.45, dt_h=1.0, reaches=1)


def test_gaps_and_negative_flow_are_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        muskingum.route([1.0, float("nan")], k_h=3.0, x=0.2, dt_h=2.0)
    with pytest.raises(ValueError, match="gap"):
        muskingum.route([1.0, -1.0], k_h=3.0, x=0.2, dt_h=2.0)
    with pytest.raises(ValueError, match="x <= "):
        muskingum.coefficients(3.0, 0.6, 2.0)
