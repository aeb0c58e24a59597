from anlan.operations.people.actions.accounts import (
    NewAccount,
    close_account,
    open_account,
    open_accounts,
    renew_password,
    reopen_account,
    set_password,
    unlock_account,
)
from anlan.operations.people.actions.organise import NewOrganisation, load_organisations
from anlan.operations.people.actions.personal_data import (
    log_export,
    log_view,
    seal_file,
    seal_text,
    unseal_file,
    unseal_text,
)
from anlan.operations.people.actions.proving import prove, refuse_locked, remember_failure
from anlan.operations.people.actions.record import PLATFORM, Act, Actor, act, actor_of, as_actor
from anlan.operations.people.actions.relay import relay_events, retry_event, seal_audit
from anlan.operations.people.actions.same_moment import looking_again

__all__ = [
    "PLATFORM",
    "Act",
    "Actor",
    "NewAccount",
    "NewOrganisation",
    "act",
    "actor_of",
    "as_actor",
    "close_account",
    "load_organisations",
    "log_export",
    "log_view",
    "looking_again",
    "open_account",
    "open_accounts",
    "prove",
    "refuse_locked",
    "relay_events",
    "remember_failure",
    "renew_password",
    "reopen_account",
    "retry_event",
    "seal_audit",
    "seal_file",
    "seal_text",
    "set_password",
    "unlock_account",
    "unseal_file",
    "unseal_text",
]  # fmt: skip
