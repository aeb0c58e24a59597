"""A report drawn by a worker: a PDF and a workbook out of what is said, as one job.

The worker knows neither the records nor who reads them: it gets rows and a page's source.
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from anlan.backbone.papers import typeset
from anlan.backbone.workbooks import workbook

FUNCTION = "anlan.backbone.reports.draw"


def draw(arguments: Mapping[str, Any]) -> dict[str, str]:
    """`page` (a typst source), `said` (what it reads), `title` and `rows` of the workbook; answers
    with `pdf` and `xlsx`, both in base 64."""
    return {
        "pdf": b64encode(typeset(arguments["page"], arguments["said"])).decode(),
        "xlsx": b64encode(workbook(arguments["title"], arguments["rows"])).decode(),
    }
