"""The duty desk, the command screen, shifts and the log."""
