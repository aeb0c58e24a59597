from dataclasses import dataclass

from anlan.operations.people.actions.personal_data import seal_text
from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import Account
from anlan.operations.people.rules import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A login to open: one role, one organisation, one territory (and sector, for a department)."""

    username: str
    password: str
    display_name: str
    role: str
    organisation_code: str
    area_code: str
    post: str = ""
    sector: str = ""
    phone: str = ""


def open_account(actor: Actor, new: NewAccount) -> int:
    """Open (or bring up to date) a login; returns its id. Raises `KeyError` for an unknown role."""
    ROLES[new.role]
    with act("people.open_account", actor) as this:
        account, _ = Account.objects.update_or_create(
            username=new.username,
            defaults={
                "display_name": new.display_name,
                "role": new.role,
                "post": new.post,
                "sector": new.sector,
                "organisation_code": new.organisation_code,
                "area_code": new.area_code,
                "phone_sealed": seal_text(new.phone),
                "is_staff": new.role == "system_admin",
            },
        )
        account.set_password(new.password)
        account.save(update_fields=["password"])
        this.on("account", account.pk, new.username)
    return account.pk
