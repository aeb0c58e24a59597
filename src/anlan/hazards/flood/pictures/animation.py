"""Frames one after the other as a GIF: every office can show one."""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image

FRAME_MS = 300
PALETTE = 160
SWATCH = 120  # pixels of each colour that must not be lost
WIDEST = 1000


def animate(
    frames: Iterable[Image.Image], like: Image.Image, keep: tuple[str, ...], path: Path
) -> None:
    """Write the frames in the colours of a picture like them; keep: colours it may be short of."""
    palette = _palette(_smaller(like), keep)
    flat = (_smaller(frame).quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    first = next(flat, None)
    if first is not None:
        first.save(path, save_all=True, append_images=flat, duration=FRAME_MS, loop=0)


def _palette(like: Image.Image, keep: tuple[str, ...]) -> Image.Image:
    source = Image.new("RGB", (like.width, like.height + SWATCH))
    source.paste(like, (0, 0))
    wide = like.width // len(keep)
    for place, colour in enumerate(keep):
        source.paste(colour, (place * wide, like.height, (place + 1) * wide, source.height))
    return source.quantize(PALETTE)


def _smaller(frame: Image.Image) -> Image.Image:
    if frame.width <= WIDEST:
        return frame
    size = (WIDEST, round(frame.height * WIDEST / frame.width))
    return frame.resize(size, Image.Resampling.LANCZOS)
