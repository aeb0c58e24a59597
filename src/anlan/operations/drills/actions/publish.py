"""Writing a drill's report: one file for programs, one page a language for people."""

import json
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from anlan.operations.drills.queries import page, report
from anlan.operations.drills.rules.played import Played

LANGUAGES = {"zh-hans": "report.html", "en": "report.en.html"}


def write_report(played: Played, folder: Path) -> list[Path]:
    """Write ``report.json``, ``report.html`` (Chinese) and ``report.en.html``; returns the paths.

    The words inside ``report.json`` are Chinese, whatever language the drill was run in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with translation.override("zh-hans"):
        body = report(played)
    record = folder / "report.json"
    text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)
    record.write_text(text + "\n", encoding="utf-8")
    written = [record]
    for language, name in LANGUAGES.items():
        with translation.override(language):
            html = render_to_string("drills/report.html", page(played, report(played)))
        (folder / name).write_text(html, encoding="utf-8")
        written.append(folder / name)
    return written
