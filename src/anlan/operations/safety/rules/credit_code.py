"""The unified social credit code, GB 32100-2015: 18 characters, the last of them a check."""

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # neither I, O, S, V nor Z
LENGTH = 18


def valid(code: str) -> bool:
    """Whether the check character belongs to the 17 before it.

    >>> valid("91350100M000100Y43"), valid("91350100M000100Y44")
    (True, False)
    """
    if len(code) != LENGTH or any(letter not in LETTERS for letter in code):
        return False
    total = sum(LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:-1]))
    return LETTERS[-total % 31] == code[-1]
