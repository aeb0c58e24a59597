"""Risk points of enterprises: found, rated in four colours, controlled, reviewed (R-116)."""
