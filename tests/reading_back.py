"""What another system sent, read back under its own id."""

from typing import Any

from django.test import Client


def read_back(address: str, pk: int, sees: Client, blind: Client) -> dict[str, Any]:
    """The record of this source and id: there for who sees it, for others and of no other id not.

    Its own id stands in `id`, or in `danger_id` where it is a mark on a danger.
    """
    answer = sees.get(address)
    assert answer.status_code == 200, (address, answer.content)
    found: dict[str, Any] = answer.json()
    assert found.get("id", found.get("danger_id")) == pk, address
    assert blind.get(address).status_code == 404, address
    assert sees.get(f"{address}0").status_code == 404, address
    return found
