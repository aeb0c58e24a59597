"""Anlan (安澜): the open platform a district runs its emergency management on."""

__version__ = "0.1.0"
