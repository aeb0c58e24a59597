"""Pages of stations, alarms and devices: they parse and render; the rest is queries and actions."""
