"""A flood case as a TOML file with rasters, series and polygons beside it.

Nothing given is ignored: what is not understood is refused with the file, the key or the cell.
"""

from anlan.hazards.flood.casefile.reading import CaseFile, read_case
from anlan.hazards.flood.casefile.refusals import RefusedCase
from anlan.hazards.flood.casefile.uses import Use
from anlan.hazards.flood.casefile.variations import Plan, Varied, What

__all__ = ["CaseFile", "Plan", "RefusedCase", "Use", "Varied", "What", "read_case"]
