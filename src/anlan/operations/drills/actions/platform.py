"""What a drill needs of the running platform, handed in by the portal."""

from typing import Protocol


class Platform(Protocol):
    """The platform under play: its gateway's address and its rounds."""

    @property
    def gateway(self) -> tuple[str, int]:
        """Host and port where stations send their frames."""
        ...

    @property
    def computing(self) -> bool:
        """Whether a model run is out."""
        ...

    def turn(self) -> int:
        """One turn of the rounds; how many things were done."""
        ...

    def settle(self, wait_jobs: bool) -> None:
        """Turns until nothing is left to do."""
        ...

    def progress(self, done: float, stage: float | None) -> None:
        """Show how far the drill is (0 to 1) and the key station's stage, metres."""
        ...
