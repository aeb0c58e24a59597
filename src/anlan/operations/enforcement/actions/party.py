"""The party of a case: sealed, masked in lists, opened by one door that leaves a trace."""

import json
from collections.abc import Mapping

from django.db import transaction

from anlan.operations.enforcement.actions.secrets import secrets_of
from anlan.operations.enforcement.models import Case, CaseStep
from anlan.operations.people.actions import Actor, log_view, seal_text, unseal_text

KEYS = ("name", "id_number", "principal", "address", "phone")


def masked(name: str, kind: str) -> str:
    """What lists and the public read: a unit's name, of a person the surname alone.

    >>> masked("张建国", "person"), masked("鑫源五金厂", "unit")
    ('张某某', '鑫源五金厂')
    """
    return name if kind != "person" else name[:1] + "某" * (len(name) - 1 or 1)


def sealed(party: Mapping[str, str]) -> bytes:
    return seal_text(json.dumps({key: party.get(key, "") for key in KEYS}, ensure_ascii=False))


def party_of(case: Case) -> dict[str, str]:
    """The party in full, for the platform's own papers; a person is shown it by `show_party`."""
    said: dict[str, str] = json.loads(unseal_text(case.party_sealed) or "{}")
    return {key: said.get(key, "") for key in KEYS}


def show_party(actor: Actor, case: Case) -> tuple[dict[str, str], list[CaseStep]]:
    """The party in full, and the steps that name its people or hold their words; who looked, and
    at what, is recorded."""
    with transaction.atomic():
        steps = secrets_of(case)
        seen = sorted({key for one in steps for key in one.secret} - set(KEYS))
        log_view(actor, "case", case.pk, str(case), [*KEYS, *seen])
        return party_of(case), steps
