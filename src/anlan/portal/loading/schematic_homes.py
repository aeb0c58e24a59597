"""Made-up households: denser where towns are, on ground that can be lived on, never in a river."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.ndimage import zoom

from anlan.operations.territory.actions import Households
from anlan.portal.loading.folder import District
from anlan.portal.loading.schematic_ground import OUTSIDE, Cells, Ground, share_out
from anlan.portal.loading.schematic_people import Register
from anlan.terrain.crs import to_geographic

PATCH_CELLS = 12
"""Settlements and fields alternate over patches of about 240 m."""


@dataclass(frozen=True, slots=True)
class Livable:
    """How likely each cell holds a home, 0 where none can stand."""

    weight: NDArray[np.float64]


def livable(district: District, ground: Ground, rng: np.random.Generator) -> Livable:
    """Flat ground above the river first; villages in patches, town nearly everywhere."""
    made_up = district.made_up
    z, slope = ground.grid.z, ground.slope
    steepest = float(made_up["steepest_home"])
    weight = np.clip(1.0 - slope / steepest, 0.0, None).astype(np.float64) ** 1.5
    weight[np.nan_to_num(z, nan=-1.0) < float(made_up["lowest_home_m"])] = 0.0
    weight[ground.community == OUTSIDE] = 0.0
    weight[z < float(made_up["bank_m"])] *= float(made_up["bank_share"])
    coarse = rng.standard_normal([-(-n // PATCH_CELLS) + 1 for n in z.shape])
    patches = zoom(coarse, PATCH_CELLS, order=1)[: z.shape[0], : z.shape[1]]
    rural = np.array([code[9] == "2" for code in ground.codes] + [False])[ground.community]
    weight *= np.exp(np.where(rural, 1.6, 0.5) * patches)
    return Livable(weight)


def households(
    district: District, ground: Ground, homes: Livable, persons: Register, count: int
) -> Households:
    """Exactly `count` households, each at a door of its own community."""
    rng = persons.rng
    shares = _per_community(district, ground, homes, count)
    flat = homes.weight.ravel()
    order = np.argsort(ground.community, axis=None, kind="stable")
    bounds = np.searchsorted(
        ground.community.ravel()[order], np.arange(len(ground.codes) + 1), side="left"
    )
    places = []
    for index, share in enumerate(shares.tolist()):
        mine = order[bounds[index] : bounds[index + 1]]
        chance = flat[mine].cumsum()
        cells = mine[np.searchsorted(chance, rng.random(share) * chance[-1], side="right")]
        places.append(_doors(ground, index, cells, rng))
    at = np.concatenate(places)
    lon, lat = to_geographic(at[:, 0], at[:, 1])
    codes, area_codes = _codes(ground, shares)
    people_share = district.made_up["people_share"]
    return Households(
        code=codes,
        area_code=area_codes,
        lon=np.round(lon, 7),
        lat=np.round(lat, 7),
        people=rng.choice(np.arange(1, len(people_share) + 1), count, p=people_share),
        needs_help=rng.random(count) < float(district.made_up["needs_help_share"]),
        name=persons.names(count),
        phone=persons.phones(count),
        schematic=True,
        source=str(district.made_up["note"]),
    )


def _doors(
    ground: Ground, community: int, cells: Cells, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Somewhere in its cell, still in its community: x, y of every home."""
    x, y = ground.position(cells, rng.uniform(-0.49, 0.49, (len(cells), 2)))
    strayed = ~shapely.contains_xy(ground.shapes[community], x, y)
    x[strayed], y[strayed] = ground.position(cells[strayed])
    return np.column_stack([x, y])


def _per_community(
    district: District, ground: Ground, homes: Livable, count: int
) -> NDArray[np.int64]:
    """Households of every community: a township by its assumed people, inside it mostly by
    livable ground, a little in equal parts."""
    room = np.bincount((ground.community.ravel() + 1), homes.weight.ravel(), len(ground.codes) + 1)[
        1:
    ]
    weights = np.zeros(len(ground.codes))
    for township in district.townships:
        mine = np.array([code.startswith(township.code) for code in ground.codes])
        usable = mine & (room > 0)
        if usable.any():
            even = usable / usable.sum()
            wide = np.where(usable, room, 0.0) / room[usable].sum()
            weights += township.people_weight * (0.3 * even + 0.7 * wide)
    return share_out(weights, count)


def _codes(ground: Ground, shares: NDArray[np.int64]) -> tuple[list[str], list[str]]:
    codes, areas = [], []
    for code, share in zip(ground.codes, shares.tolist(), strict=True):
        codes += [f"{code}{number:05d}" for number in range(1, share + 1)]
        areas += [code] * share
    return codes, areas
