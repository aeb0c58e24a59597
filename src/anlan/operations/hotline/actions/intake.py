"""Reports that another platform (12345, the municipal 12350) hands on, by its own id."""

from hashlib import sha256

from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.receive import NewTip, Who, receive, sign_of, worded_matter
from anlan.operations.hotline.actions.steps import Taken, moved, write
from anlan.operations.hotline.models import Informant, Tip
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.states import RECEIVE, Channel, State
from anlan.operations.people.actions import Actor, act, unseal_text
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def put_tip(actor: Actor, person: Person, new: NewTip, who: Who) -> tuple[int, str]:
    """Take a report on, as often as it is sent; its id and the code to follow it by.

    Until it is decided, other words of the same report replace the earlier ones, which stay in its
    history. Afterwards they are refused: what was judged stays as it was judged. Who reported is
    sealed at the first time; what is sent again neither replaces it nor brings back a name that was
    withdrawn.
    """
    if RECEIVE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    key = key_of(new.source, new.source_id)
    code = receive(actor, Channel.PLATFORM, new, who, key)
    with act("hotline.amend", actor) as this:
        tip = Tip.objects.select_for_update().get(key=key)
        this.on("tip", tip.pk, tip.number)
        informant = Informant.objects.filter(tip=tip).first()
        sealed = (informant.name_sealed, informant.phone_sealed) if informant else (b"", b"")
        words = worded_matter(new, unseal_text(sealed[0]), unseal_text(sealed[1]))
        said = words | {
            "kind": str(new.kind), "area_code": new.area_code, "sector": new.sector,
            "sign": sign_of(new),
        }  # fmt: skip
        before = {name: getattr(tip, name) for name in said}
        if before == said:
            this.detail = {"repeat": True}
            return tip.pk, code
        if tip.state != State.RECEIVED:
            raise Refused(N_("It was decided on already: hand on what is new as another report."))
        for name, value in said.items():
            setattr(tip, name, value)
        tip.save(update_fields=list(said))
        write(tip, actor, "amend", tip.state, Taken(tip, said={"before": before}))
        refresh(tip)
        this.publish(moved(tip, "amend", tip.state))
    return tip.pk, code


def key_of(source: str, source_id: str) -> str:
    """One key for each pair, however long the two are."""
    return sha256(f"tip:{len(source)}:{source}:{source_id}".encode()).hexdigest()
