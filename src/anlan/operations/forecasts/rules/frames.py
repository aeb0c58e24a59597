"""Depth frames as pictures: five classes, two themes, dry is transparent.

The classes of all frames are kept in one small compressed file beside the full depths, so that a
picture is made without opening the large one.
"""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from anlan.hazards.flood.depth_classes import COLOURS, EDGES_M

Classes = NDArray[np.uint8]

FRAMES_FILE = "frames.npz"
PALETTES = COLOURS


def classes_of(depth_m: NDArray[np.float32]) -> Classes:
    """0 dry, 1..5 the depth class; NaN is dry."""
    known = np.nan_to_num(depth_m, nan=0.0)
    return np.digitize(known, EDGES_M).astype(np.uint8)


def write_frames(path: Path, frames: Classes) -> None:
    """Keep the classes of all frames, shape (frames, rows, columns)."""
    np.savez_compressed(path, **{str(number): frame for number, frame in enumerate(frames)})


def read_frame(path: Path, number: int) -> Classes | None:
    """One frame's classes; None beyond the last."""
    with np.load(path) as stored:
        if str(number) not in stored.files:
            return None
        found: Classes = stored[str(number)]
        return found


def picture(classes: Classes, theme: str) -> bytes:
    """The frame as a PNG of one pixel a cell. Raises `KeyError` for an unknown theme."""
    colours = [(0, 0, 0), *(_rgb(text) for text in PALETTES[theme])]
    image = Image.fromarray(classes)
    image.putpalette([part for colour in colours for part in colour])
    sink = io.BytesIO()
    image.save(sink, "PNG", transparency=0, optimize=False)
    return sink.getvalue()


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
