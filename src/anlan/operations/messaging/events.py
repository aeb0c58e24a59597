"""What messaging tells the house: somebody must still answer, has answered, or asks for help."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("messaging.answer_due")
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDue(Event):
    """A timer of the caller's: those who must answer `mailing_id` have had their time (step 1, 2).

    Published by `deadlines` when the clock passes; set by whoever sent the mailing.
    """

    mailing_id: int
    step: int


@fact("messaging.answers_given")
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersGiven(Event):
    """People who must answer have done so (delivery ids)."""

    mailing_id: int
    delivery_ids: tuple[int, ...]


@fact("messaging.help_asked")
@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAsked(Event):
    """Somebody cannot get away alone: said once a delivery."""

    mailing_id: int
    delivery_id: int
    ref: str
    area_code: str
    label: str
