"""Reply and reward: computed by the table, approved by another, paid once to the first."""

from dataclasses import asdict
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction

from anlan.operations.deadlines.actions import cancel_timer, set_timer
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.steps import Taken, moved, required, step, write
from anlan.operations.hotline.events import RewardLapses
from anlan.operations.hotline.models import Informant, Payment, Reward, Tip
from anlan.operations.hotline.queries.state import terms
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.reward import Grounds, reward
from anlan.operations.hotline.rules.states import State
from anlan.operations.people.actions import PLATFORM, Actor, act, unseal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def reply_to_tip(actor: Actor, person: Person, tip_id: int, *, reply: str) -> None:
    """The informant was told what came of it; when, is kept."""
    with step("reply", actor, person, tip_id) as taken:
        taken.tip.reply = required(reply, N_("Write the reply."))
        taken.tip.replied_at = clock.now()
        taken.reason = taken.tip.reply


def propose_reward(
    actor: Actor, person: Person, tip_id: int, *, grounds: Grounds, basis: str, eligible: bool
) -> int:
    """Compute and propose the reward; its amount in yuan. `basis`: the decision it rests on.

    `eligible`: the handler has checked that the informant has no duty to report and that the
    matter was not known. Whether an insider gets more is read from what was sealed.
    """
    with step("propose reward", actor, person, tip_id) as taken:
        if not eligible:
            raise Refused(N_("Staff with a duty, and what was known already, are not rewarded."))
        informant = Informant.objects.filter(tip=taken.tip).first()
        inside = bool(informant and unseal_text(informant.works_there_sealed))
        table = terms(clock.today())
        counted = asdict(grounds) | {"insider": inside}
        amount = reward(taken.tip.kind, Grounds(**counted), table)
        Reward.objects.update_or_create(
            tip=taken.tip,
            defaults={
                # That an insider reported would say who: only the sum shows.
                "amount": amount, "grounds": {k: counted[k] for k in ("fine", "deaths", "level")},
                "basis": required(basis, N_("Name the decision that it rests on."))[:300],
                "source": table.source, "proposed_by_id": person.id,
                "proposed_at": clock.now(), "approved_by": None, "approved_at": None,
            },
        )  # fmt: skip
        taken.said, taken.reason = {"amount": amount}, basis
    return amount


def send_back_reward(actor: Actor, person: Person, tip_id: int, *, reason: str) -> None:
    """The leader does not approve it as it is."""
    with step("send back reward", actor, person, tip_id) as taken:
        taken.reason = required(reason, N_("Say why."))


def approve_reward(actor: Actor, person: Person, tip_id: int) -> None:
    """The bureau's leader approves, never who proposed it."""
    with step("approve reward", actor, person, tip_id) as taken:
        mine = Reward.objects.filter(tip=taken.tip)
        mine.update(approved_by=person.id, approved_at=clock.now())


def notify_of_reward(actor: Actor, person: Person, tip_id: int) -> None:
    """A handler told the informant: it is claimed within 60 days, or it lapses [JL]."""
    with step("notify", actor, person, tip_id) as taken:
        today = clock.today()
        until = after(today, terms(today).claim_days, Unit.CALENDAR)
        Reward.objects.filter(tip=taken.tip).update(notified_at=clock.now(), claim_by=until)
        taken.said = {"until": f"{until}"}
        over = datetime.combine(until + timedelta(1), time(0), clock.CHINA)
        set_timer(_timer(taken.tip), over, RewardLapses(tip_id=taken.tip.pk))


def pay_reward(actor: Actor, person: Person, tip_id: int, *, voucher: str) -> int:
    """Paid, against a voucher; the sum in yuan. The database takes one payment a reward."""
    with step("pay", actor, person, tip_id) as taken:
        mine = Reward.objects.select_for_update().get(tip=taken.tip)
        said = required(voucher, N_("Write the number of the voucher."))[:60]
        try:
            with transaction.atomic():
                Payment.objects.create(
                    reward=mine, voucher=said, amount=mine.amount, at=clock.now(),
                    by_id=actor.id, by_name=actor.label,
                )  # fmt: skip
        except IntegrityError:
            raise Refused(N_("This reward is paid, or the voucher was used already.")) from None
        taken.said = {"amount": mine.amount, "voucher": said}
        cancel_timer(_timer(taken.tip))
    return mine.amount


def forfeit_reward(actor: Actor, person: Person, tip_id: int) -> None:
    """Nobody claimed it in time."""
    with step("forfeit", actor, person, tip_id):
        pass


def lapse_reward(tip_id: int) -> None:
    """The timer's part of `forfeit`: nothing, where it was paid meanwhile."""
    with act("hotline.lapse", PLATFORM) as this:
        tip = Tip.objects.select_for_update().filter(pk=tip_id, state=State.NOTIFIED).first()
        if tip is None:
            return
        this.on("tip", tip.pk, tip.number)
        tip.state = State.FORFEITED
        tip.save(update_fields=["state"])
        write(tip, PLATFORM, "forfeit", State.NOTIFIED, Taken(tip))
        refresh(tip)
        this.publish(moved(tip, "forfeit", State.NOTIFIED))


def _timer(tip: Tip) -> str:
    return f"reward:{tip.pk}"
