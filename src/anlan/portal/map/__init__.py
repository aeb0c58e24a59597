"""The one map (一张图): its ground from the loaded terrain, its layers from every app."""
