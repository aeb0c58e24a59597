"""An evaluation as an official paper, in the marked lines of `backbone.papers`."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.papers import BREAK, plain
from anlan.operations.oversight.queries.evaluations import File, Line
from anlan.operations.oversight.rules.evaluation import MEASURE_WORDS, MeasureState
from anlan.operations.people.queries.days import full_day_words
from anlan.operations.safety.queries.registers import ENTERPRISES


def _row(line: Line) -> str:
    row = f"| {plain(line.word)} | {plain(line.value)}"
    return f"{row} | {_('The whole unit')} | {plain(line.whole)}" if line.whole else row


def paper_of(file: File, names: Mapping[str, str]) -> str:
    """The text; `names` of organisations by code."""
    one = file.evaluation
    sectors = ENTERPRISES.field("sector").choices
    sector = pgettext(*sectors[one.sector]) if one.sector in sectors else _("All sectors")
    lines = [
        f"# {_('Evaluation of the effect of enforcement')}",
        f"@ {one.number}",
        f"= {_('Unit')}: {plain(names.get(one.unit, one.unit))}",
        f"= {_('Period')}: {full_day_words(one.since)} – {full_day_words(one.until)} · {sector}",
        f"= {_('Evaluated by')}: {plain(one.provider) if one.provider else _('the unit itself')}",
        *([f"= {pgettext('evaluation', 'Item')}: {plain(one.item)}"] if one.item else []),
        "",
        *(_row(line) for line in file.lines),
        "",
    ]
    for title, text in ((_("Opinion"), one.opinion), (_("Answer of the unit"), one.answer)):
        if text:
            lines += [f"= {title}", *(f"~ {plain(part)}" for part in text.splitlines() if part)]
    if file.measures:
        lines.append(f"= {_('Measures')}")
    for measure in file.measures:
        word = pgettext(*MEASURE_WORDS[MeasureState(measure.state)])
        said = (f"{measure.finding}{BREAK}{measure.text}{BREAK}"
                f"{measure.owner_name} {full_day_words(measure.due_on)} {word}")  # fmt: skip
        lines.append(f"~ {said}")
    if one.submitted_at:
        lines.append(f"> {full_day_words(one.submitted_at)}")
    return "\n".join(lines)
