"""Post staff out of a file: a look at what it would do, then its good rows all at once."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.people.actions import actor_of
from anlan.operations.people.queries import scope_of, worded
from anlan.operations.posts.actions.people_file import put_person
from anlan.operations.posts.queries.people_file import PEOPLE
from anlan.operations.posts.rules.words import KEEP
from anlan.operations.registers.queries import Look, Sheet
from anlan.operations.risks.actions import FilePages
from anlan.operations.safety.queries.scope import enterprises_in
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _put_rows(request: HttpRequest, sheet: Sheet, look: Look) -> None:
    """Rows of one's own enterprises, and no other."""
    scope = scope_of(request.user)
    firms = dict(enterprises_in(scope).values_list("credit_code", "pk"))
    for line, values in sheet.rows:
        firm = firms.get(str(values["credit_code"])) if scope.reach == "itself" else None
        if firm is None:
            word = pgettext(*PEOPLE.field("credit_code").word)
            look.refuse(line, word, "", _("You do not work for this enterprise."))
            continue
        try:
            look.count(put_person(actor_of(request), firm, values))
        except Refused as fault:
            look.refuse(line, "", "", worded(fault))


template, import_page, file_page, take = FilePages(
    kind="posts", right=KEEP, register=PEOPLE, put=_put_rows,
    names={"template": "post-staff-template", "import": "import-post-staff", "back": "posts"},
    words={
        "title": N_("Import post staff"), "list": N_("Posts"),
        "help": N_("A row a person, with a certificate or without. First you see what the file "
                   "would do; nothing is changed until you take it in. Names and numbers are "
                   "sealed."),
    },
).views()  # fmt: skip
