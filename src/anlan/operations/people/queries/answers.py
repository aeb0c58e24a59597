"""What a person who asked is answered: a refusal in their language, a workbook to save."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from anlan.backbone.workbooks import XLSX
from anlan.operations.people.queries.days import in_words
from anlan.vocabulary.transitions import Refused


def worded(fault: Refused) -> str:
    """Why not, in the reader's language; days and moments that it names are typed values."""
    words = _(fault.message)
    return words % in_words(fault.parameters) if fault.parameters else words


def download(body: bytes, name: str) -> HttpResponse:
    """A workbook to be saved as `name`.xlsx."""
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer
