"""Names and words of people who are not of the office: sealed beside what a step was told."""

import json
from collections.abc import Mapping
from typing import Any

from anlan.operations.enforcement.models import Case, CaseStep, Paper
from anlan.operations.enforcement.rules.forms import FORMS
from anlan.operations.people.actions import seal_text, unseal_text


def parted(verb: str, said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What may stand open, and what is to be sealed; empty words are not."""
    keys = {one.key for one in FORMS.get(verb, ()) if one.secret}
    secrets = {key: str(said[key]) for key in said if key in keys and said[key]}
    return {key: value for key, value in said.items() if key not in keys}, secrets


def sealed(secrets: Mapping[str, str]) -> bytes:
    return seal_text(json.dumps(dict(secrets), ensure_ascii=False)) if secrets else b""


def whole(one: CaseStep | Paper) -> dict[str, Any]:
    """All that was told, for the platform's own papers and for whoever is shown it on record."""
    hidden: dict[str, str] = json.loads(unseal_text(one.secrets_sealed) or "{}")
    return {**one.said, **hidden}


def secrets_of(case: Case) -> list[CaseStep]:
    """The steps of a case that hold something sealed, oldest first, with it in `said`."""
    found = []
    for one in case.steps.exclude(secret=[]).order_by("id"):
        one.said = {key: text for key, text in whole(one).items() if key in one.secret}
        found.append(one)
    return found
