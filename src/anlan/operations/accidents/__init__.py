"""Accidents: the register, the level, the investigation with its two tracks, what follows."""
