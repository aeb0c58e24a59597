from anlan.operations.people.actions.personal_data import seal_text
from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import Account
from anlan.operations.people.rules import ROLES


def open_account(
    actor: Actor, *, username: str, password: str, display_name: str, role: str,
    organisation_code: str, area_code: str, post: str = "", sector: str = "", phone: str = "",
) -> int:  # fmt: skip
    """Open (or bring up to date) a login; returns its id. Raises `KeyError` for an unknown role."""
    ROLES[role]
    with act("people.open_account", actor) as this:
        account, _ = Account.objects.update_or_create(
            username=username,
            defaults={
                "display_name": display_name, "role": role, "post": post, "sector": sector,
                "organisation_code": organisation_code, "area_code": area_code,
                "phone_sealed": seal_text(phone), "is_staff": role == "system_admin",
            },
        )  # fmt: skip
        account.set_password(password)
        account.save(update_fields=["password"])
        this.on("account", account.pk, username)
    return account.pk
