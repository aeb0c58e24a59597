"""Who is the head of an enterprise: a room above keeps them, and says so."""

from collections.abc import Callable, Collection, Mapping

Heads = Callable[[Collection[int]], Mapping[int, Collection[int]]]
_HEADS: list[Heads] = []


def offer_heads(query: Heads) -> None:
    """A room above says which accounts are the heads of enterprises, both by id."""
    _HEADS.append(query)


def heads(enterprises: Collection[int]) -> dict[int, set[int]]:
    """The accounts of the heads of these, by enterprise; one without an account is left out."""
    found: dict[int, set[int]] = {}
    for query in _HEADS:
        for one, accounts in query(enterprises).items():
            found.setdefault(one, set()).update(accounts)
    return found
