from anlan.operations.drills.actions.platform import Platform
from anlan.operations.drills.actions.show import Direction, play

__all__ = ["Direction", "Platform", "play"]
