"""Enforcement: a case from the inspection to its archive, with every paper that it needs."""
