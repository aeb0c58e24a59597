from anlan.operations.registers.queries.bodies import (
    AHEAD,
    BEHIND,
    KEY,
    Malformed,
    answered,
    body_of,
    moment,
    moments,
    printable,
    sent_place,
    timely,
    whole_id,
)
from anlan.operations.registers.queries.codes import qr
from anlan.operations.registers.queries.declaration import SINCE, UNTIL, Field, Kind, Register, View
from anlan.operations.registers.queries.entering import (
    day_asked,
    day_typed,
    moment_typed,
)
from anlan.operations.registers.queries.faults import (
    FAULTS,
    FaultLine,
    FaultPage,
    fault_book,
    fault_lines,
    fault_page,
)
from anlan.operations.registers.queries.hundreds import Hundred, HundredOf, hundred, named
from anlan.operations.registers.queries.listing import (
    NONE_GIVEN,
    Asked,
    Page,
    Tab,
    asked,
    counts,
    holds,
    matching,
    page,
)
from anlan.operations.registers.queries.look import Look, read_look
from anlan.operations.registers.queries.position import degrees, position
from anlan.operations.registers.queries.reading import (
    Fault,
    Sheet,
    Unreadable,
    head_of,
    read_sheet,
)
from anlan.operations.registers.queries.saved import asked_here, saved_views
from anlan.operations.registers.queries.shown import (
    MOST_EXPORTED,
    TooMany,
    exported,
    in_figures,
    place,
    shown,
    watermark,
)
from anlan.operations.registers.queries.steps import (
    Input,
    StepForm,
    as_typed,
    drawn,
    keep_typed,
    step_said,
    telling,
    typed_before,
)
from anlan.operations.registers.queries.taking_out import taken_out
from anlan.operations.registers.queries.together import MOST_TOGETHER, Done, chosen, each
from anlan.operations.registers.queries.typing import (
    Entered,
    Wrong,
    clean,
    key_of,
    parsed,
    required,
    series,
    typed,
    written,
)
from anlan.operations.registers.queries.ways import unsought, within

__all__ = [
    "AHEAD", "BEHIND", "FAULTS", "KEY", "MOST_EXPORTED", "MOST_TOGETHER", "NONE_GIVEN", "SINCE",
    "UNTIL", "Asked", "Done", "Entered", "Fault", "FaultLine", "FaultPage", "Field", "Hundred",
    "HundredOf", "Input", "Kind", "Look", "Malformed", "Page", "Register", "Sheet", "StepForm",
    "Tab", "TooMany", "Unreadable", "View", "Wrong", "answered", "as_typed", "asked", "asked_here",
    "body_of", "chosen", "clean", "counts", "day_asked", "day_typed", "degrees", "drawn", "each",
    "exported", "fault_book", "fault_lines", "fault_page", "head_of", "holds", "hundred",
    "in_figures", "keep_typed", "key_of", "matching", "moment", "moment_typed", "moments", "named",
    "page", "parsed", "place", "position", "printable", "qr", "read_look", "read_sheet", "required",
    "saved_views", "sent_place", "series", "shown", "step_said", "taken_out", "telling", "timely",
    "typed", "typed_before", "unsought", "watermark", "whole_id", "within", "written",
]  # fmt: skip
