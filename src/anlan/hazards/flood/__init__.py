"""Water over land."""
