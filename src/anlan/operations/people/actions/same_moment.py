"""Two who save at one moment: the database lets one of them go first, the other looks again.

What the first has saved is seen then: it is the same and nothing is changed, as when a phone or a
system sends twice, or it is in the way and the action says so.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

P = ParamSpec("P")
R = TypeVar("R")
MOST_LOOKS = 5


def looking_again(save: Callable[P, R]) -> Callable[P, R]:
    """The action, once more whenever another row took its place between its look and its write."""

    @wraps(save)
    def saved(*args: P.args, **kwargs: P.kwargs) -> R:
        for _look in range(MOST_LOOKS - 1):
            try:
                return save(*args, **kwargs)
            except IntegrityError:
                continue
        return save(*args, **kwargs)

    return saved
