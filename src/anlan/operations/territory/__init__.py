"""Areas, sites, households, responsible persons and layers on the one map (一张图)."""
