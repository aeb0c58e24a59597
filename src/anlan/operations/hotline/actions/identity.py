"""The one door to who reported: two named handlers, each look with its purpose on record.

An informant has the data corrected, and withdraws the name: by the code of the report, or on their
word by a handler. Who did it, when and why stays in the history; what it said before nowhere.
"""

from dataclasses import dataclass

from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.receive import INSIDER, cut
from anlan.operations.hotline.actions.steps import Taken, keep_secret, moved, step, write
from anlan.operations.hotline.models import IdentityView, Informant, Tip
from anlan.operations.hotline.queries.files import digest_of
from anlan.operations.hotline.queries.state import facts
from anlan.operations.hotline.rules.loop import Person, corrected_by, handler, name_withdrawn
from anlan.operations.hotline.rules.secrecy import names_nobody
from anlan.operations.people.actions import PLATFORM, Actor, act, log_view, seal_text, unseal_text
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

PURPOSE = 200
HOW = N_("Say how the informant asked for it and was recognised.")


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
        if informant is None or not tip.named:
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


def correct_informant(
    actor: Actor, person: Person, tip_id: int, *, name: str, phone: str, reason: str
) -> None:
    """A handler corrects name or telephone on the informant's word; what is empty stays as it is.

    `reason`: how the informant asked for it and was recognised.
    """
    with act("hotline.correct_informant", actor) as this:
        tip = Tip.objects.select_for_update().filter(pk=tip_id).first()
        if tip is None:
            raise Refused(N_("There is no such report."))
        corrected_by(facts(tip), person)
        why = required(reason, HOW)
        one = Informant.objects.get(tip=tip)
        known = (unseal_text(one.name_sealed), unseal_text(one.phone_sealed))
        names_nobody([why], *known)
        said = cut(name, phone)
        fields = [
            field for field, new, old in zip(("name", "phone"), said, known, strict=True)
            if new and new != old
        ]  # fmt: skip
        if not fields:
            raise Refused(N_("Write what is to be corrected: it says the same."))
        one.name_sealed, one.phone_sealed = (
            seal_text(new or old) for new, old in zip(said, known, strict=True)
        )
        one.save(update_fields=["name_sealed", "phone_sealed"])
        taken = Taken(tip, {"fields": fields}, why)
        keep_secret(tip, taken)
        write(tip, actor, "correct informant", tip.state, taken)
        this.on("tip", tip.pk, tip.number)
        this.detail = {"fields": fields}
        this.publish(moved(tip, "correct informant", tip.state))


def withdraw_name(actor: Actor, person: Person, tip_id: int, *, reason: str) -> None:
    """A handler empties name and telephone on the informant's word: it is anonymous from then on.

    `reason`: how the informant asked for it and was recognised.
    """
    with step("withdraw name", actor, person, tip_id) as taken:
        taken.reason = required(reason, HOW)
        keep_secret(taken.tip, taken)
        _emptied(taken.tip)


def withdraw_name_by_code(code: str) -> None:
    """Who holds the code of a report withdraws the name; a report without one stays as it is.

    Nothing happens for a code that is none. Raises `Refused` while a claimed reward waits.
    """
    with act("hotline.withdraw_name_by_code", PLATFORM) as this:
        tip = Tip.objects.select_for_update().filter(query_digest=digest_of(code)).first()
        if tip is None:
            return
        this.on("tip", tip.pk, tip.number)
        if not tip.named:
            this.detail = {"repeat": True}
            return
        name_withdrawn(facts(tip))
        _emptied(tip)
        tip.save(update_fields=["named"])
        write(tip, PLATFORM, "withdraw name by code", tip.state, Taken(tip))
        refresh(tip)
        this.publish(moved(tip, "withdraw name by code", tip.state))


def _emptied(tip: Tip) -> None:
    """Name and telephone are gone; whether somebody works there names nobody, and stays sealed."""
    Informant.objects.filter(tip=tip).update(name_sealed=b"", phone_sealed=b"")
    tip.named = False
