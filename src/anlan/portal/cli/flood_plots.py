"""`anlan flood plot`: pictures of a computed flood, or of an ensemble, beside its results."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from PIL import Image

from anlan.hazards.flood import ensemble, results
from anlan.hazards.flood.pictures import (
    Band,
    Face,
    Lettering,
    Panel,
    Say,
    Sheet,
    animate,
    depth_layer,
    draw_hydrographs,
    probability_layer,
)
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

ASSETS = Path(__file__).resolve().parents[1] / "static" / "built" / "assets"
_FACE = re.compile(r"url\(/static/built/assets/([^)]+\.woff2)\)[^}]*?unicode-range:([^};]+)")
WET_M, LIKELY_M = 0.03, 0.3
When = Callable[[float], str]


def run(asked: argparse.Namespace) -> int:
    """Draw what a folder holds: a map, hydrographs where there are gauges, an animation."""
    letters = Lettering(_faces())
    say: Say = _ if letters.knows("水") else str
    if say is str:
        print(_("no Chinese letters: the web pages are not built; the pictures speak English"),
              file=sys.stderr)  # fmt: skip
    for store, draw in ((results.STORE, _flood), (ensemble.STORE, _ensemble)):
        if (asked.folder / store).is_dir():
            with _opened(asked.folder, store) as found:
                made = list(draw(found, asked.folder, letters, say))
            break
    else:
        raise Trouble(_("{folder} holds no results of a flood").format(folder=asked.folder))
    for path in made:
        print(path)
    return 0


def _opened(folder: Path, store: str) -> xr.Dataset:
    try:
        found: xr.Dataset = xr.open_zarr(
            folder / store, consolidated=False, chunks=None, decode_times=False
        )
    except (OSError, KeyError, ValueError) as fault:
        raise Trouble(_("{store} in {folder} cannot be read").format(
            store=store, folder=folder)) from fault  # fmt: skip
    return found


def _flood(found: xr.Dataset, folder: Path, letters: Lettering, say: Say) -> Iterator[Path]:
    if "max_depth" not in found:
        raise Trouble(_("{folder}: the run has not finished").format(folder=folder))
    sheet, depth = Sheet(found, letters, say), found["max_depth"].values
    wet = float((depth >= WET_M).sum()) * sheet.cell_m**2 / 1e6
    notes = (
        say(N_("flooded: {area:.2f} km²")).format(area=wet),
        say(N_("deepest: {depth:.2f} m")).format(depth=float(np.nanmax(depth))),
    )
    heading = say(N_("greatest depth, m"))
    layer = depth_layer(depth, heading, notes)
    most = sheet.paint(layer)
    yield _save(most, folder / "map.png")
    if panels := _panels(found, say):
        yield _save(_hydrographs(found, panels, letters, say), folder / "hydrographs.png")
    if "depth" in found:
        when, heading = _when(found), say(N_("depth of water, m"))
        frames = (
            sheet.paint(depth_layer(frame.values, heading), when(float(frame["time"])))
            for frame in found["depth"]
        )
        animate(frames, most, layer.colours, folder / "flood.gif")
        yield folder / "flood.gif"


def _ensemble(found: xr.Dataset, folder: Path, letters: Lettering, say: Say) -> Iterator[Path]:
    sheet = Sheet(found, letters, say)
    edges = found["depth_class"].values
    edge = float(edges[np.argmin(np.abs(edges - LIKELY_M))])
    chance = found["exceedance_probability"].sel(depth_class=edge).values
    heading = say(N_("probability of {edge:g} m or more")).format(edge=edge)
    members = (say(N_("{count} members")).format(count=found.attrs["members"]),)
    layer = probability_layer(chance, heading, members)
    yield _save(sheet.paint(layer), folder / "probability.png")
    if panels := _fans(found, say):
        yield _save(_hydrographs(found, panels, letters, say), folder / "hydrographs.png")


def _panels(found: xr.Dataset, say: Say) -> list[Panel]:
    t, when = found["gauge_time"].values.astype(np.float64), _when(found)
    made = []
    for place, name in enumerate(found["gauge_name"].values):
        depth = found["gauge_depth"].values[:, place]
        at = int(np.argmax(depth))
        note = say(N_("deepest {depth:.2f} m at {time}")).format(depth=depth[at], time=when(t[at]))
        made.append(Panel(str(name), t, depth, note))
    return [*made, *_discharges(found, t, say)]


def _discharges(found: xr.Dataset, t: NDArray[np.float64], say: Say) -> Iterator[Panel]:
    """One panel a boundary and a structure; runs of before have none."""
    for kind in ("boundary", "structure"):
        if f"{kind}_discharge" not in found:
            continue
        flows = found[f"{kind}_discharge"].values[1:]  # means since the time before
        for name, flow in zip(found[f"{kind}_name"].values, flows.T, strict=True):
            said = say(N_("{name}, discharge in m³/s")).format(name=name)
            note = say(N_("{peak:+,.2f} m³/s at the most")).format(peak=results.peak_of(flow))
            yield Panel(said, t[1:], flow, note)


def _fans(found: xr.Dataset, say: Say) -> list[Panel]:
    t = found["gauge_time"].values.astype(np.float64)
    made = []
    for place, name in enumerate(found["gauge_name"].values):
        low, middle, high = np.quantile(found["gauge_depth"].values[:, :, place],
                                        (0.05, 0.5, 0.95), axis=0)  # fmt: skip
        note = say(N_("middle and 5 to 95 % of {count} members")).format(
            count=found.attrs["members"]
        )
        made.append(Panel(str(name), t, middle, note, Band(low, high)))
    return made


def _hydrographs(
    found: xr.Dataset, panels: list[Panel], letters: Lettering, say: Say
) -> Image.Image:
    title = str(found.attrs["title"])
    heading = say(N_("depth of water at the gauges, m")) if found["gauge_name"].size else ""
    return draw_hydrographs(panels, title, heading, letters, _when(found))


def _when(found: xr.Dataset) -> When:
    """Local time where the run says when it begins, else hours and minutes from the start."""
    said = found.attrs.get("start")
    if said is None:
        return lambda seconds: f"{int(seconds // 3600)}:{int(seconds % 3600 // 60):02d}"
    start = datetime.fromisoformat(said).astimezone(clock.CHINA)
    return lambda seconds: f"{start + timedelta(seconds=seconds):%m-%d %H:%M}"


def _save(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


def _faces() -> list[Face]:
    """The font of the web pages, in as many files as it was cut into; none where none are built."""
    found = []
    for sheet in ASSETS.glob("*.css"):
        for name, ranges in _FACE.findall(sheet.read_text(encoding="utf-8")):
            found.append(Face(ASSETS / name, tuple(_range(part) for part in ranges.split(","))))
    return found[::-1]  # the browser, too, takes the last that holds a character


def _range(said: str) -> tuple[int, int]:
    low, _dash, high = said.strip().upper().removeprefix("U+").partition("-")
    return int(low, 16), int(high or low, 16)
