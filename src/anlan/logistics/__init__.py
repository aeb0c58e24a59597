"""Routing, dispatch and shelter assignment as optimisation."""
