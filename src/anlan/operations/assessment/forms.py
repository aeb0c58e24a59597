"""The steps of a scorecard as forms, for pages and for other programs alike."""

from collections.abc import Callable, Mapping

from anlan.operations.assessment.actions import take_step
from anlan.operations.assessment.rules.scorecard import Person
from anlan.operations.people.actions import Actor
from anlan.operations.registers.queries import Input, StepForm
from anlan.vocabulary.words import NP_

_WHY = (Input("words", NP_("scorecard form", "Why")),)
_BECAUSE = Input("what", NP_("scorecard form", "Why"), longest=300)


def _taking(verb: str) -> Callable[[Actor, Person, int, Mapping[str, str]], None]:
    def take(actor: Actor, person: Person, card_id: int, given: Mapping[str, str]) -> None:
        take_step(actor, person, card_id, verb, given)

    return take


FORMS: Mapping[str, StepForm] = {
    verb: StepForm(word, inputs, _taking(verb))
    for verb, word, inputs in (
        ("answer", NP_("scorecard form", "Keep the scores"), ()),
        ("submit", NP_("scorecard form", "Submit the scorecard"), ()),
        ("review", NP_("scorecard form", "Finish the review"), ()),
        ("settle", NP_("scorecard form", "Decide on the objection"), _WHY),
        ("accept", NP_("scorecard form", "Accept the review"), ()),
        ("object", NP_("scorecard form", "Object"), _WHY),
        ("publish", NP_("scorecard form", "Publish"), ()),
        ("deduct", NP_("scorecard form", "Deduct for an event"),
         (Input("code", NP_("scorecard form", "Deduction"), "choice"),
          Input("what", NP_("scorecard form", "The event, with its day and document"),
                longest=300))),
        ("award", NP_("scorecard form", "Give a bonus"),
         (Input("points", NP_("scorecard form", "Points"), "text"),
          Input("what", NP_("scorecard form", "For what, with its document"), longest=300))),
        ("waive", NP_("scorecard form", "Leave out a computed deduction"),
         (Input("key", NP_("scorecard form", "Deduction"), "choice"), _BECAUSE)),
        ("strike", NP_("scorecard form", "Strike an entry"),
         (Input("entry", NP_("scorecard form", "Entry"), "choice"), _BECAUSE)),
        ("return", NP_("scorecard form", "Send it back"), _WHY),
        ("correct", NP_("scorecard form", "Correct it"), _WHY),
    )
}  # fmt: skip
# These change items, so their form is the card itself.
ON_THE_CARD = ("submit", "answer", "review", "settle")
