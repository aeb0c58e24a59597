"""Three questions at a shift meeting: chosen so that neighbours get others, scored once."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

QUESTIONS = 3


def chosen(items: Sequence[int], meeting: str, worker: int) -> list[int]:
    """Which items one worker is asked at one meeting: always the same ones, in the same order.

    `meeting`: its id, or the day of a list that a phone takes along.

    >>> chosen([5, 7], "1", 2) in ([5, 7], [7, 5])
    True
    """

    def place(item: int) -> str:
        return hashlib.sha256(f"{meeting}:{worker}:{item}".encode()).hexdigest()

    return sorted(items, key=place)[:QUESTIONS]


def day_of_list(day: date, post: int) -> str:
    """What the questions of a post are drawn by on a phone that took its list along that day."""
    return f"{day.isoformat()}:{post}"


def score(right: Mapping[int, int], answers: Mapping[int, int]) -> int:
    """How many are right; what was not answered is wrong.

    >>> score({5: 0, 7: 2}, {5: 0, 7: 1})
    1
    """
    return sum(answers.get(item) == answer for item, answer in right.items())


def masked_name(name: str) -> str:
    """
    >>> masked_name("欧阳明"), masked_name("周强"), masked_name("周")
    ('欧**', '周*', '周*')
    """
    return name[:1] + "*" * max(1, len(name) - 1)


def masked_number(number: str) -> str:
    """
    >>> masked_number("T500106199001011234"), masked_number("2023-118")
    ('T500***********1234', '******18')
    """
    if len(number) < 12:
        return "*" * max(0, len(number) - 2) + number[-2:]
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
