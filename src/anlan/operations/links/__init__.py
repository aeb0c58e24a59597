"""Links: which other systems are told of which facts, and what became of each telling."""
