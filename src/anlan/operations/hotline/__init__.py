"""Hotline 12350: from a report that somebody makes to its reply and reward."""
