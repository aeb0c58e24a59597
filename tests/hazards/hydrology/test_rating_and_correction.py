"""Rating curves and the decaying forecast error."""

import numpy as np
import pytest

from anlan.hazards.hydrology.correction import corrected, decaying_error
from anlan.hazards.hydrology.rating import Rating, through
from anlan.vocabulary.datum import Datum, DatumMismatch


@pytest.fixture
def beibei() -> Rating:
    return through(200.23, 32600.0, h0_m=172.0, b=5.0 / 3.0, datum=Datum.YELLOW_SEA)


def test_a_rating_goes_through_its_point_and_back(beibei: Rating) -> None:
    assert beibei.discharge(200.23, Datum.YELLOW_SEA) == pytest.approx(32600.0)
    stage = np.array([175.0, 190.0, 201.0])
    assert beibei.stage(beibei.discharge(stage, Datum.YELLOW_SEA)) == pytest.approx(stage)
    assert beibei.discharge(160.0, Datum.YELLOW_SEA) == 0.0


def test_a_rating_knows_its_datum_and_its_end(beibei: Rating) -> None:
    with pytest.raises(DatumMismatch):
        beibei.discharge(201.82, Datum.WUSONG)
    assert beibei.extrapolated([30000.0, 48000.0, 50000.0]).tolist() == [False, False, True]
    with pytest.raises(ValueError, match="negative"):
        beibei.stage(-1.0)
    with pytest.raises(ValueError, match="no flow"):
        through(170.0, 1.0, h0_m=172.0, b=1.5, datum=Datum.YELLOW_SEA)


def test_the_last_error_fades_with_its_time_constant() -> None:
    assert decaying_error([0.0, 6.0, 12.0], 0.5, 6.0) == pytest.approx(
        [0.5, 0.5 / np.e, 0.5 / np.e**2]
    )
    assert corrected([10.0, 11.0], [-1.0, 0.0], last_error=0.2, time_constant_h=6.0) == (
        pytest.approx([10.2, 11.2])
    )
    with pytest.raises(ValueError, match="positive"):
        decaying_error([0.0], 0.1, 0.0)
