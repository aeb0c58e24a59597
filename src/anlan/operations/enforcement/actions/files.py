"""The files of a case as they are given out, by pages and by the interface; on record."""

from django.http import HttpResponse

from anlan.backbone.papers import DOCX, PDF
from anlan.operations.enforcement.actions.papers import paper_file
from anlan.operations.enforcement.models import Exhibit, Paper
from anlan.operations.people.actions import Actor, log_view
from anlan.operations.safety.queries.photographs import paper_answer as kept_answer

MEDIA = {"pdf": PDF, "docx": DOCX}


def exhibit_answer(actor: Actor, exhibit: Exhibit) -> HttpResponse:
    """The file itself, for whoever was found to see its case; who took it is recorded."""
    answer = kept_answer(exhibit)
    answer["Cache-Control"] = "no-store"
    fields = ["exhibit", exhibit.kind, exhibit.sha256]
    log_view(actor, "case", exhibit.case_id, str(exhibit.case), fields)
    return answer


def paper_answer(actor: Actor, paper: Paper, form: str) -> HttpResponse:
    """The paper as a file to be saved. Raises `Refused` when it was altered."""
    answer = HttpResponse(paper_file(actor, paper, form), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{paper.kind}-{paper.pk}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
