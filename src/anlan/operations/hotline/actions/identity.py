"""The one door to who reported: two named handlers, each look with its purpose on record."""

from dataclasses import dataclass

from anlan.operations.hotline.actions.receive import INSIDER
from anlan.operations.hotline.models import IdentityView, Informant, Tip
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.loop import Person, handler
from anlan.operations.hotline.rules.secrecy import names_nobody
from anlan.operations.people.actions import Actor, act, log_view, unseal_text
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

PURPOSE = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported, in plain; never kept, never written anywhere."""

    name: str
    phone: str
    works_there: bool


def see_informant(actor: Actor, person: Person, tip_id: int, *, purpose: str) -> Identity:
    """Show a named handler who reported; raises `Refused` for everybody else."""
    with act("hotline.see_informant", actor) as this:
        tip = Tip.objects.filter(pk=tip_id).first()
        if tip is None:
            raise Refused(N_("There is no such report."))
        account = handler(facts(tip), person)
        why = required(purpose, N_("Say what you need it for."))[:PURPOSE]
        informant = Informant.objects.filter(tip=tip).first()
        if informant is None:
            raise Refused(N_("The report is anonymous."))
        names_nobody([why], unseal_text(informant.name_sealed), unseal_text(informant.phone_sealed))
        IdentityView.objects.create(
            tip=tip, at=clock.now(), by_id=account, by_name=actor.label, purpose=why
        )
        log_view(actor, "tip", tip.pk, tip.number, ["informant"])
        this.on("tip", tip.pk, tip.number)
    return Identity(
        unseal_text(informant.name_sealed), unseal_text(informant.phone_sealed),
        unseal_text(informant.works_there_sealed) == INSIDER,
    )  # fmt: skip
