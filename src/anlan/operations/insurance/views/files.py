"""Policies and providers out of a file: a look at what it would do, then its good rows at once."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.insurance.actions import put_policy, put_provider
from anlan.operations.insurance.queries.registers import POLICY_FILE
from anlan.operations.insurance.queries.scope import person_of
from anlan.operations.insurance.queries.service_registers import PROVIDER_FILE
from anlan.operations.insurance.rules.words import KEEP, MANAGE
from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of, worded
from anlan.operations.registers.queries import Look, Sheet
from anlan.operations.risks.actions import FilePages
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _put_rows(request: HttpRequest, sheet: Sheet, look: Look) -> None:
    """Rows of enterprises within sight, of an enterprise's own people of that one only."""
    scope = scope_of(request.user)
    person = person_of(scope)
    codes = {str(values["credit_code"]) for _line, values in sheet.rows}
    seen = enterprises_in(scope).filter(credit_code__in=codes)
    firms = dict(seen.values_list("credit_code", "pk"))
    for line, values in sheet.rows:
        firm = firms.get(str(values.pop("credit_code")))
        if firm is None:
            word = pgettext(*POLICY_FILE.field("credit_code").word)
            look.refuse(line, word, "", _("There is no such enterprise within your sight."))
            continue
        given = {key: value for key, value in values.items() if value not in (None, "")}
        try:
            _pk, outcome = put_policy(
                actor_of(request), person, firm, given, reason=_("By file")
            )  # fmt: skip
            look.count(outcome)
        except Refused as fault:
            look.refuse(line, "", str(values["number"]), worded(fault))


template, import_page, file_page, take = FilePages(
    kind="policies", right=KEEP, register=POLICY_FILE, put=_put_rows,
    names={"template": "policies-template", "import": "import-policies", "back": "policies"},
    words={
        "title": N_("Import policies"), "list": N_("Policies"),
        "help": N_("A row a liability policy. First you see what the file would do; nothing is "
                   "changed until you take it in. The same insurer and number again corrects the "
                   "policy; a cell left empty changes nothing."),
    },
).views()  # fmt: skip


def _put_providers(request: HttpRequest, sheet: Sheet, look: Look) -> None:
    """Providers are of the whole district: no row is out of sight."""
    actor, person = actor_of(request), person_of(scope_of(request.user))
    for line, values in sheet.rows:
        given = {key: value for key, value in values.items() if value not in (None, "", [])}
        try:
            look.count(put_provider(actor, person, given, reason=_("By file")))
        except Refused as fault:
            look.refuse(line, "", str(values["credit_code"]), worded(fault))


provider_template, import_providers, providers_file, take_providers = FilePages(
    kind="providers", right=MANAGE, register=PROVIDER_FILE, put=_put_providers,
    names={"template": "providers-template", "import": "import-providers", "back": "providers"},
    words={
        "title": N_("Import service providers"), "list": N_("Service providers"),
        "help": N_("A row a provider. First you see what the file would do; nothing is changed "
                   "until you take it in. A credit code that is registered corrects the provider; "
                   "a cell left empty changes nothing."),
    },
).views()  # fmt: skip
