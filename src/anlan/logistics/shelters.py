"""Who goes to which shelter: a capacitated assignment of least person-metres.

The transport problem of communities (people) and shelters (places): minimise
``sum(people moved x distance)`` so that no shelter holds more than its places. Solved with HiGHS
(through SciPy) on one thread to a stated gap, never stopped by the clock, so it repeats.

Where there are not enough places, as many people as possible are placed, and those left over are
named: an overflow shelter of unlimited room takes them at a distance beyond any real one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class BadAssignment(ValueError):
    """The question makes no sense: wrong shapes, negative numbers, nothing to assign to."""


class NoAnswer(RuntimeError):
    """The solver stopped without an answer; its own words are in the message."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The answer. `flow[i, j]` people of community i go to shelter j; `unassigned[i]` stay over."""

    flow: Ints
    unassigned: Ints
    person_metres: float
    mean_distance_m: float | None
    gap: float


def assign(
    people: npt.ArrayLike,
    capacity: npt.ArrayLike,
    distance_m: npt.ArrayLike,
    *,
    split: bool = False,
    gap: float = 0.0,
) -> Assignment:
    """Send `people[n]` to shelters of `capacity[m]` over `distance_m[n, m]`.

    With `split` a community may be shared among shelters; without it everyone of a community goes
    to one. `gap` is the relative optimality gap at which the solver may stop. Without `split`, a
    community that fits nowhere whole is left unassigned as a whole.
    """
    who, room, far = _checked(people, capacity, distance_m)
    n, m = far.shape
    # Leaving one person out can spare others at most one move a shelter (or, with communities
    # kept whole, everybody's): beyond that nobody is left out to save metres.
    spared = m + 1 if split else max(int(who.sum()), 1)
    beyond = float(far.max(initial=0.0)) * spared + 1.0
    cost = np.column_stack([far, np.full(n, beyond)])
    weights = np.ones((n, m + 1)) if split else np.repeat(who[:, None], m + 1, axis=1)
    columns = n * (m + 1)
    each = sparse.kron(sparse.eye_array(n), np.ones((1, m + 1)), format="csr")
    into = sparse.csr_array(
        (
            weights[:, :m].ravel(),
            (
                np.tile(np.arange(m), n),
                (np.arange(n)[:, None] * (m + 1) + np.arange(m)).ravel(),
            ),
        ),
        shape=(m, columns),
    )
    whole = who if split else np.ones(n)
    upper = np.repeat(whole, m + 1)
    solved = milp(
        (weights * cost).ravel(),
        constraints=[
            LinearConstraint(each, whole, whole),
            LinearConstraint(into, -np.inf, room.astype(float)),
        ],
        integrality=np.zeros(columns) if split else np.ones(columns),
        bounds=Bounds(np.zeros(columns), upper),
        options={"mip_rel_gap": gap},
    )
    if solved.x is None:
        raise NoAnswer(str(solved.message))
    flow = np.rint(solved.x.reshape(n, m + 1) * (1 if split else who[:, None])).astype(np.int64)
    return _answer(flow, far, 0.0 if split else float(solved.mip_gap or 0.0))


def _checked(
    people: npt.ArrayLike, capacity: npt.ArrayLike, distance_m: npt.ArrayLike
) -> tuple[Ints, Ints, Floats]:
    who = np.asarray(people, dtype=np.int64)
    room = np.asarray(capacity, dtype=np.int64)
    far = np.asarray(distance_m, dtype=np.float64)
    if far.shape != (who.size, room.size):
        raise BadAssignment(f"distances are {far.shape}, not ({who.size}, {room.size})")
    if room.size == 0:
        raise BadAssignment("there is no shelter to assign to")
    if (who < 0).any() or (room < 0).any():
        raise BadAssignment("people and places cannot be negative")
    if not np.isfinite(far).all() or (far < 0).any():
        raise BadAssignment("distances must be finite and not negative")
    return who, room, far


def _answer(flow: Ints, far: Floats, gap: float) -> Assignment:
    placed = flow[:, :-1]
    metres = float((placed * far).sum())
    total = int(placed.sum())
    return Assignment(placed, flow[:, -1], metres, metres / total if total else None, gap)
