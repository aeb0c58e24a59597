"""Intensity times exposure: people, buildings, roads."""
