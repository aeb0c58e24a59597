"""Grids, DEM input and conditioning, coordinate systems, raster and polygon, schematic terrain."""
