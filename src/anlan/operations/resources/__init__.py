"""Teams, supplies, equipment and shelters."""
