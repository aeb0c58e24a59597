from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brought:
    """What a feed's answer held: rows of ours, new ones among them, refused ones and the first
    reason, and the last few lines for people to look at."""

    rows: int
    new: int
    refused: int
    refusal: str
    sample: list[str]
