"""How a crest is forecast, pure: the river, its inundation, and what a run may do next."""
