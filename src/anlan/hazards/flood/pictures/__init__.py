"""Pictures of a flood for a report: a map, hydrographs, an animation. Needs no display.

Words are English here; whoever asks brings the letters (`Lettering`) and the translation.
"""

from anlan.hazards.flood.pictures.animation import animate
from anlan.hazards.flood.pictures.canvas import Face, Lettering
from anlan.hazards.flood.pictures.hydrographs import Band, Panel, draw_hydrographs
from anlan.hazards.flood.pictures.sheet import Layer, Say, Sheet, depth_layer, probability_layer

__all__ = [
    "Band", "Face", "Layer", "Lettering", "Panel", "Say", "Sheet", "animate", "depth_layer",
    "draw_hydrographs", "probability_layer",
]  # fmt: skip
