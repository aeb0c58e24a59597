"""Stations, series, readings, thresholds and alarms."""
