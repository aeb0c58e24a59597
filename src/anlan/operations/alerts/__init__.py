"""预警: drafting, reviewing, signing, CAP, targeting, update and lift."""
