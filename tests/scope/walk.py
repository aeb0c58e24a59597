"""The walk: every address as every account and as nobody, and what each answer was like."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.test import Client
from tests.scope.addresses import Address, Known, every_address

from anlan.backbone.workbooks import XLSX
from anlan.operations.people.actions import unseal_text
from anlan.operations.people.models import Account
from anlan.operations.people.queries import Scope, scope_of
from anlan.portal.live import live
from anlan.portal.map.offered import every_layer

NOBODY = ""
READING = {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "BEGIN", "EXPLAIN", "WITH"}
TELEPHONE = re.compile(r"(?<!\d)1[2-9]\d{9}(?!\d)")
# An endless stream; its own tests listen to it.
STREAMS = (live,)


TRAIL = 'INSERT INTO "people_auditentry"'


def unexpected(writes: list[str], kind: str) -> list[str]:
    """What a look may not have written: a list that is taken out leaves a row of the trail."""
    taken_out = kind == XLSX and len(writes) == 1 and writes[0].startswith(TRAIL)
    return [] if taken_out else writes


@dataclass(frozen=True)
class Visit:
    """One answer to one account (`NOBODY` is nobody); `writes` are the changes that it may not
    have made."""

    who: str
    scope: Scope
    address: Address
    path: str
    status: int
    headers: dict[str, str]
    kind: str
    writes: tuple[str, ...]
    telephones: frozenset[str]
    whole_page: bool
    exercise_band: bool
    fault: str
    right: str | None

    def __str__(self) -> str:
        line = f"{self.who or 'nobody'} {self.path} ({self.address.name}): {self.status}"
        return f"{line} {self.fault}".rstrip()


@contextmanager
def changes() -> Iterator[list[str]]:
    """Every statement that changes a row, on any database, while this is open."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip(" (").split(None, 1)[0].upper() not in READING:
            seen.append(" ".join(sql.split())[:160])
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(watch))
        yield seen


def telephones() -> frozenset[str]:
    """Every telephone number of a person that the database keeps sealed."""
    numbers = set()
    for model in apps.get_models():
        if any(field.name == "phone_sealed" for field in model._meta.get_fields()):
            sealed = model._default_manager.values_list("phone_sealed", flat=True)
            numbers |= {unseal_text(one) for one in sealed if one}
    return frozenset(numbers)


def walk(known: Known, who: str, secrets: frozenset[str]) -> list[Visit]:
    """Every address, by GET, in one browser session."""
    client, scope = Client(raise_request_exception=False), scope_of(Account())
    if who:
        account = Account.objects.get(username=who)
        client.force_login(account)
        scope = scope_of(account)
    return [
        _visit(client, who, scope, address, path, secrets)
        for address in every_address()
        if address.view not in STREAMS
        for path in _paths(known, address)
    ]


def _paths(known: Known, address: Address) -> list[str]:
    """Every layer of the map has its own features; other addresses have one sample."""
    if address.name == "map-layer":
        return [address.filled({"key": key}) for key in every_layer()]
    path = known.path(address)
    return [path, *(f"{path}{more}" for more in VARIANTS.get(address.name, ()))]


# Forms of a page that other pages ask for.
PARTS = dict.fromkeys(("desk", "command", "thing", "shelter", "team"), ("?part=1",))
VARIANTS = PARTS | {"alert": ("?edit",), "frame": ("?at=/alerts",)}


def _visit(
    client: Client, who: str, scope: Scope, address: Address, path: str, secrets: frozenset[str]
) -> Visit:
    with changes() as writes:
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    text = body.decode() if kind.startswith(("text/", "application/")) and _is_text(kind) else ""
    fault = getattr(answer, "exc_info", None)
    return Visit(
        who, scope, address, path, answer.status_code, dict(answer.headers), kind,
        tuple(unexpected(writes, kind)),
        frozenset(TELEPHONE.findall(text)) & secrets, "<html" in text, "al-exercise" in text,
        repr(fault[1]) if fault else "", right_of(address, path, scope),
    )  # fmt: skip


def right_of(address: Address, path: str, scope: Scope) -> str | None:
    """The right in front of an address; a layer has one of its own, behind that of the map."""
    if address.name == "map-layer" and scope.may(address.right or ""):
        key = path.rsplit("/", 1)[1].removesuffix(".geojson")
        return every_layer()[key].right
    return address.right


def _is_text(kind: str) -> bool:
    return not kind.endswith(("sheet", "zip", "pdf", "octet-stream"))
