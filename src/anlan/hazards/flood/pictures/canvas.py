"""A sheet to draw on in points, twice as fine beneath, and letters from more than one font file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FINE = 2  # pixels to a point before the picture is made smaller
INK, INK_2, LINE, PAPER = "#17211f", "#4a5753", "#dfe2dd", "#ffffff"
Point = tuple[float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Face:
    """A font file and the ranges of characters that it holds, ends included."""

    path: Path
    ranges: tuple[tuple[int, int], ...]

    def has(self, character: str) -> bool:
        return any(low <= ord(character) <= high for low, high in self.ranges)


class Lettering:
    """Letters from the first face that has them, else from Pillow's own, which knows Latin only."""

    def __init__(self, faces: Sequence[Face] = ()) -> None:
        self._faces = tuple(faces)
        self._font = lru_cache(maxsize=256)(self._load)
        self._place = lru_cache(maxsize=4096)(self._find)

    def knows(self, text: str) -> bool:
        """Whether every character has a face of its own."""
        return all(self._place(character) is not None for character in text)

    def runs(self, text: str, size: int, weight: int) -> list[tuple[str, Font]]:
        """The text in pieces, each with the font that holds it."""
        return [
            ("".join(piece), self._font(place, size, weight))
            for place, piece in groupby(text, self._place)
        ]

    def _find(self, character: str) -> int | None:
        held = (place for place, face in enumerate(self._faces) if face.has(character))
        return next(held, None)

    def _load(self, place: int | None, size: int, weight: int) -> Font:
        if place is None:
            return ImageFont.load_default(size)
        font = ImageFont.truetype(str(self._faces[place].path), size)
        font.set_variation_by_axes([weight])
        return font


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """size: points; align: l, m or r of the place, whose height is the middle of the letters;
    halo: paper around the letters, where they stand on a picture."""

    size: int = 14
    colour: str = INK
    weight: int = 400
    align: str = "l"
    halo: bool = False


class Canvas:
    """Everything is placed in points from the upper left corner."""

    def __init__(self, size: tuple[int, int], letters: Lettering, paper: str = PAPER) -> None:
        self.size = size
        self.image = Image.new("RGB", (size[0] * FINE, size[1] * FINE), paper)
        self._letters = letters
        self._draw = ImageDraw.Draw(self.image)

    def text(self, at: Point, text: str, kind: Type) -> None:
        runs = self._letters.runs(text, kind.size * FINE, kind.weight)
        wide = sum(font.getlength(piece) for piece, font in runs)
        x = at[0] * FINE - {"l": 0.0, "m": wide / 2.0, "r": wide}[kind.align]
        baseline = (at[1] + 0.36 * kind.size) * FINE
        for piece, font in runs:
            self._draw.text(
                (x, baseline), piece, fill=kind.colour, font=font, anchor="ls",
                stroke_width=2 * FINE if kind.halo else 0, stroke_fill=PAPER,
            )  # fmt: skip
            x += font.getlength(piece)

    def line(self, points: Sequence[Point], colour: str, width: float = 1.0) -> None:
        self._draw.line(self._fine(points), colour, round(width * FINE), joint="curve")

    def area(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon(self._fine(points), colour)

    def box(self, at: Point, size: Point, fill: str | None, outline: str | None = None) -> None:
        ends = [at, (at[0] + size[0], at[1] + size[1])]
        self._draw.rectangle(self._fine(ends), fill, outline, FINE)

    def dot(self, at: Point, radius: float, fill: str, outline: str) -> None:
        ends = [(at[0] - radius, at[1] - radius), (at[0] + radius, at[1] + radius)]
        self._draw.ellipse(self._fine(ends), fill, outline, FINE)

    def lay(self, picture: Image.Image, at: Point) -> None:
        """A picture that is as fine as the canvas beneath."""
        self.image.paste(picture, (round(at[0] * FINE), round(at[1] * FINE)))

    def done(self) -> Image.Image:
        return self.image.resize(self.size, Image.Resampling.LANCZOS)

    @staticmethod
    def _fine(points: Sequence[Point]) -> list[Point]:
        return [(x * FINE, y * FINE) for x, y in points]


def step_of(span: float, about: int) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides a span into about so many parts."""
    rough = span / max(about, 1)
    power = float(10.0 ** np.floor(np.log10(rough)))
    return next(power * part for part in (1.0, 2.0, 5.0, 10.0) if power * part >= rough * 0.999)
