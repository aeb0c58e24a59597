"""Incident reports 初报, 续报, 终报 and the event file."""
