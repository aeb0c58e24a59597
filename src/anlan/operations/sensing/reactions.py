"""A reading judged wrong counts for nothing that is computed."""

from anlan.backbone.events import reacts_to
from anlan.operations.sensing.actions.judge import apply_judgement
from anlan.operations.sensing.events import ReadingJudged


@reacts_to(ReadingJudged)
def follow_judgement(judged: ReadingJudged) -> None:
    """The flags, the newest value and the roll-ups follow; doing it again changes nothing."""
    apply_judgement(judged.series, judged.at)
