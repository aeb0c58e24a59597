"""Emergency plans, activations, tasks and shelter assignment."""
