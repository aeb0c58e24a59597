"""The same protocols as clients, for load and drills."""
