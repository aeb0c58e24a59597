"""Plays a scenario through the real chain; only plays."""
