"""Stations, series, readings and device health; thresholds turn readings into alarms."""
