"""The shared nouns of the house: readings, stages with a datum, levels, area codes, the clock."""
