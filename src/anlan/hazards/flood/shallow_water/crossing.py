"""What crosses each boundary and goes through each link over time, from what was counted so far."""

import numpy as np
from numpy.typing import NDArray

from anlan.hazards.flood.shallow_water.case import Case
from anlan.hazards.flood.shallow_water.fields import PAD, Outline
from anlan.hazards.flood.shallow_water.outline import LEVEE
from anlan.hazards.flood.shallow_water.preparation import faces_of
from anlan.hazards.flood.shallow_water.result import Discharges
from anlan.hazards.flood.shallow_water.series import Floats


def owners_of(case: Case, outline: Outline) -> NDArray[np.int64]:
    """Which boundary of the case each face of the outline belongs to; -1 none."""
    none = np.full(outline.row.size, -1)
    table = np.stack([outline.row - PAD, outline.col - PAD, outline.side, none, none], axis=1)
    owner = none.copy()
    outer = outline.kind != LEVEE
    for number, boundary in enumerate(case.boundaries):
        owner[faces_of(case, boundary, table) & outer] = number
    return owner


def crossed(passed: Floats, owner: NDArray[np.int64], boundaries: int) -> Floats:
    """What came in over each boundary so far, net; passed: over each face. In a fixed order."""
    mine = owner >= 0
    sums = np.bincount(owner[mine], weights=passed[mine], minlength=boundaries)
    return sums.astype(np.float64)


def discharges(t_s: Floats, boundaries_m3: Floats, links_m3: Floats) -> Discharges:
    """From what has passed up to each time, each (times, boundaries or links)."""
    return Discharges(boundaries_m3s=_means(t_s, boundaries_m3), links_m3s=_means(t_s, links_m3))


def _means(t_s: Floats, volume_m3: Floats) -> Floats:
    means = np.full(volume_m3.shape, np.nan)
    means[1:] = np.diff(volume_m3, axis=0) / np.diff(t_s)[:, None]
    return means
