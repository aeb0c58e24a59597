"""The duty room: one Django app per bounded context, in the order of an emergency's story."""
