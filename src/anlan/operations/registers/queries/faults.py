"""What is wrong with the rows of a file: a page of it to look at, all of it to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import workbook
from anlan.operations.people.queries import download
from anlan.operations.registers.queries.reading import Fault

FAULTS_A_PAGE = 50
FAULTS = "faults"  # in an address or a form: not the page, the workbook
FaultLine = tuple[int, str, str, str]  # line (as in Excel, from 1), column, what it says, why not


@dataclass(frozen=True, slots=True)
class FaultPage:
    """One page of the faults of a file, of `count` in all; `number` from 1."""

    lines: Sequence[FaultLine]
    number: int
    count: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // FAULTS_A_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * FAULTS_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def fault_lines(faults: Sequence[Fault]) -> list[FaultLine]:
    """The faults of a sheet as a page and a workbook show them."""
    return [(one.line, one.column, one.text, one.why) for one in faults]


def fault_page(faults: Sequence[FaultLine], given: Mapping[str, str]) -> FaultPage:
    """The page that `page` asks for; one that there is not is the last."""
    text = given.get("page", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1
    number = min(max(1, asked), max(1, -(-len(faults) // FAULTS_A_PAGE)))
    begins = (number - 1) * FAULTS_A_PAGE
    return FaultPage(faults[begins : begins + FAULTS_A_PAGE], number, len(faults))


def fault_book(faults: Sequence[FaultLine]) -> HttpResponse:
    """All faults as a workbook to mend the file by: a line a fault."""
    head = [pgettext("file", "Line"), pgettext("file", "Column"), pgettext("file", "It says"),
            pgettext("file", "Why not")]  # fmt: skip
    return download(workbook(_("Rows that cannot be taken"), [head, *faults], (2, 3, 4)), "faults")
