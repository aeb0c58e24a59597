"""One folder a district: readable files, no code."""
