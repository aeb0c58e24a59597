"""Days that count, and when a deadline speaks."""
