"""Indicators K-01 to K-51, recomputed from records, never typed in."""
