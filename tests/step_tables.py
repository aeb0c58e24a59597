"""Each verb by each role through the interface, as the rule book's table of a room names them."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.test import Client

from anlan.vocabulary.transitions import Table

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that is written within stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def each_verb_by_each_role(
    address: str,
    browsers: Mapping[str, Client],
    who: Mapping[str, str],
    table: Table,
    *,
    ready: Callable[[str], Mapping[str, str]],
    row: Callable[[], Mapping[str, Any]],
    unseen: Callable[[str], Collection[str]],
    barred: Collection[str] = (),
) -> None:
    """`who`: by verb the names of those who may, with spaces. `ready` makes nothing but the person
    stand in the way of a verb, and says what its form asks for; `row`: the record as it stands.

    Whom `unseen` names finds nothing (404), who is `barred` from the room is told so (403). Who
    sees it and may not is refused (409) in words, and the record is as it was.
    """
    for verb, able in who.items():
        for name, browser in browsers.items():
            with undone():
                body = {"verb": verb, "given": dict(ready(verb))}
                before, hidden = row(), unseen(verb)
                said = browser.post(address, body, "application/json")
                wanted = (
                    403 if name in barred else 404 if name in hidden
                    else 200 if name in able.split() else 409
                )  # fmt: skip
                assert said.status_code == wanted, (verb, name, said.content.decode())
                if wanted == 200:
                    led = table.step(verb, before["state"]).leads_to(before["state"])
                    assert said.json() == {"id": before["id"], "state": led}, (verb, name)
                    assert row()["state"] == led, (verb, name)
                else:
                    assert row() == before, (verb, name)
                    assert said["Content-Type"] == "application/problem+json"
                    assert CHINESE.search(said.json()["detail"]), (verb, name)
