"""Flow and stage of rivers."""
