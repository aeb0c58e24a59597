from anlan.operations.drills.actions.pace import Pace
from anlan.operations.drills.actions.platform import Platform
from anlan.operations.drills.actions.publish import write_report
from anlan.operations.drills.actions.show import Direction, play

__all__ = ["Direction", "Pace", "Platform", "play", "write_report"]
