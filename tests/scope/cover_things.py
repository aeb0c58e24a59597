"""A policy with its picture, and an engagement, that Ciqikou street entered for a works."""

import io
from datetime import date
from decimal import Decimal

from PIL import Image

from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import Holder, NewEngagement
from anlan.operations.insurance.models import Provider
from anlan.operations.insurance.queries.scope import person_of
from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of

POLICY = {
    "insurer": "走查财险", "number": "W-1", "sum_insured": Decimal(1_000_000),
    "starts_on": date(2020, 1, 1), "ends_on": date(2020, 12, 31),
}  # fmt: skip


def cover_things(enterprise_id: int) -> dict[str, int | str]:
    street = Account.objects.get(username="ciqikou")
    who = as_actor(street), person_of(scope_of(street))
    sink = io.BytesIO()
    Image.new("RGB", (9, 8)).save(sink, "PNG")
    policy = actions.enter_policy(
        *who, Holder(kind="liability", enterprise_id=enterprise_id), POLICY
    )
    provider = Provider.objects.filter(kinds__contains="training").latest("id")
    new = NewEngagement(provider_id=provider.pk, enterprise_id=enterprise_id, kind="training",
                        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31))  # fmt: skip
    return {
        "policy_id": policy, "document_id": actions.add_document(*who, policy, sink.getvalue()),
        "provider_id": provider.pk, "credit_code": provider.credit_code,
        "engagement_id": actions.engage(*who, new),
    }  # fmt: skip
