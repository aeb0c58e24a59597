"""Checks 检查: one item library, the lists it makes, what is due today, what was found."""
