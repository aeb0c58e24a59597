"""Listeners: socket, protocol, spool, acknowledgement; no Django."""
