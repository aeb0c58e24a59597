"""Work safety: enterprises, and the daily loop from a danger found to a danger closed."""
