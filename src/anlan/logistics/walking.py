"""How far people walk: the straight line times a detour, until routes on roads are computed.

A city's streets make ways about 1.3 times the straight line [practice, verify]; hills and rivers
make them longer. Good for choosing among shelters, not for a walking time.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CITY_DETOUR = 1.3


def distances_m(
    start_xy: npt.ArrayLike, goal_xy: npt.ArrayLike, *, detour: float = CITY_DETOUR
) -> Floats:
    """Walking distance from each start to each goal, metres, shape (starts, goals).

    start_xy: (n, 2), goal_xy: (m, 2), EPSG:4544 metres. detour: way over straight line, >= 1.
    """
    starts = np.asarray(start_xy, dtype=np.float64).reshape(-1, 2)
    goals = np.asarray(goal_xy, dtype=np.float64).reshape(-1, 2)
    if detour < 1.0:
        raise ValueError("nobody walks less than the straight line")
    if not (np.isfinite(starts).all() and np.isfinite(goals).all()):
        raise ValueError("a start or a goal has no position")
    apart = starts[:, None, :] - goals[None, :, :]
    return np.asarray(detour * np.hypot(apart[..., 0], apart[..., 1]))
