"""Reply and reward: computed by the table, approved by another, paid once to the first."""

import hmac
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from anlan.operations.deadlines.actions import cancel_timer, set_timer
from anlan.operations.deadlines.queries import Unit, after
from anlan.operations.enforcement.queries.decisions import fine_after, stands
from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.door import door_shut, use_door
from anlan.operations.hotline.actions.receive import INSIDER
from anlan.operations.hotline.actions.steps import Taken, moved, step, write
from anlan.operations.hotline.events import RewardLapses
from anlan.operations.hotline.models import Informant, Payment, Reward, Tip
from anlan.operations.hotline.queries.files import digest_of
from anlan.operations.hotline.queries.state import (
    facts,
    hazard_terms,
    safety_terms,
    terms,
)
from anlan.operations.hotline.rules.hazards import Seen, hazard_reward
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.reward import Grounds, reward
from anlan.operations.hotline.rules.states import Kind, State
from anlan.operations.people.actions import PLATFORM, Actor, act, unseal_text
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# A reward in these states is flagged when the decision behind it falls.
FLAGGED = (State.REWARD_PROPOSED, State.APPROVED, State.NOTIFIED, State.PAID, State.CLOSED)
CLAIM = "claim"
GROUNDS = ("fine", "deaths", "serious", "loss")


def reply_to_tip(actor: Actor, person: Person, tip_id: int, *, reply: str) -> None:
    """The informant was told what came of it; when, is kept."""
    with step("reply", actor, person, tip_id) as taken:
        taken.tip.reply = required(reply, N_("Write the reply."))[:1000]
        taken.tip.replied_at = clock.now()
        taken.reason = taken.tip.reply


def propose_reward(
    actor: Actor, person: Person, tip_id: int, *, grounds: Grounds, basis: str, eligible: bool
) -> int:
    """Compute and propose the reward; its amount in yuan. `basis`: the decision it rests on.

    Where the danger led to a decision of a case here, its number and its fine are taken, whatever
    was typed.
    `eligible`: the handler has checked that the informant has no duty to report and that the
    matter was not known. Whether an insider gets more is read from what was sealed.
    """
    with step("propose reward", actor, person, tip_id) as taken:
        if not eligible:
            raise Refused(
                N_("Staff with a duty, and what was known already, are not rewarded.")
            ).at("eligible")
        if taken.tip.kind == Kind.HAZARD:
            raise Refused(N_("A sign of a natural hazard is rewarded by the table of its own."))
        table = safety_terms(clock.today())
        rests_on = required(basis, N_("Name the decision that it rests on."))[:300]
        fined = fine_after(taken.tip.danger_id) if taken.tip.danger_id else None
        if fined is not None:
            grounds, rests_on = replace(grounds, fine=int(fined.fine)), fined.number
        elif taken.tip.danger_id and not stands(taken.tip.danger_id, rests_on, grounds.fine):
            raise Refused(N_("The decision that the reward rests on was revoked or changed."))
        _rewarded_once(taken.tip, rests_on)
        informant = Informant.objects.filter(tip=taken.tip).first()
        sealed = informant.works_there_sealed if informant else b""
        grounds = replace(grounds, insider=unseal_text(sealed) == INSIDER)
        counted = asdict(grounds)
        return _proposed(
            taken, person, reward(taken.tip.kind, grounds, table), rests_on, table.source,
            # That an insider reported would say who: only the sum shows.
            {key: counted[key] for key in GROUNDS},
        )  # fmt: skip


def propose_hazard_reward(
    actor: Actor, person: Person, tip_id: int, *, duty: str, eligible: bool
) -> int:
    """Compute and propose the reward of a natural hazard's sign; its amount in yuan.

    It rests on the verification: what was seen, whether early, who was brought out. `duty`: the
    informant's own work, which the handler alone knows; it is kept nowhere. `eligible`: the handler
    has checked both.
    """
    with step("propose reward", actor, person, tip_id) as taken:
        tip = taken.tip
        if tip.kind != Kind.HAZARD:
            raise Refused(N_("This table is for signs of natural hazards."))
        if not eligible:
            raise Refused(
                N_("Staff with a duty, and what was known already, are not rewarded.")
            ).at("eligible")
        seen = Seen(sign=tip.sign, early=bool(tip.early), brought_out=tip.brought_out)
        table = hazard_terms(clock.today())
        return _proposed(
            taken, person, hazard_reward(seen, duty, table), tip.number, table.source, asdict(seen)
        )


def _proposed(
    taken: Taken, person: Person, amount: int, basis: str, source: str, grounds: dict[str, Any]
) -> int:
    """Write the proposal down, in the place of one that was sent back."""
    Reward.objects.update_or_create(
        tip=taken.tip,
        defaults={
            "amount": amount, "grounds": grounds, "basis": basis, "source": source,
            "proposed_by_id": person.id, "proposed_at": clock.now(), "approved_by": None,
            "approved_at": None, "notified_at": None, "claim_by": None, "claimed_at": None,
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
        _rewarded_once(taken.tip, mine.values_list("basis", flat=True).get())
        mine.update(approved_by=person.id, approved_at=clock.now())


def withdraw_reward(actor: Actor, person: Person, tip_id: int, *, reason: str) -> None:
    """The leader takes an approval back whose decision was revoked or changed: nothing is paid."""
    with step("withdraw reward", actor, person, tip_id) as taken:
        taken.reason = required(reason, N_("Say why."))
        Reward.objects.filter(tip=taken.tip).update(approved_by=None, approved_at=None)
        cancel_timer(_timer(taken.tip))


def hear_of_decision(danger_id: int, number: str) -> None:
    """A decision after a danger was revoked or changed: rewards that rest on it are flagged.

    In the report's history and on the leader's desk, once; what was paid is flagged alone.
    """
    tips = Tip.objects.filter(danger=danger_id, reward__basis=number, state__in=FLAGGED)
    for pk in tips.values_list("pk", flat=True):
        with act("hotline.unfounded", PLATFORM) as this:
            tip = Tip.objects.select_for_update().get(pk=pk)
            told = tip.steps.filter(verb="unfounded", at__gte=tip.reward.proposed_at)
            if not facts(tip).unfounded or told.exists():
                continue
            this.on("tip", tip.pk, tip.number)
            write(tip, PLATFORM, "unfounded", tip.state, Taken(tip, {"decision": number}))
            refresh(tip)
            this.publish(moved(tip, "unfounded", tip.state))


def notify_of_reward(actor: Actor, person: Person, tip_id: int) -> None:
    """A handler told the informant: it is claimed within 60 days, or it lapses [JL]."""
    with step("notify", actor, person, tip_id) as taken:
        today = clock.today()
        until = after(today, terms(taken.tip.kind, today).claim_days, Unit.CALENDAR)
        Reward.objects.filter(tip=taken.tip).update(notified_at=clock.now(), claim_by=until)
        taken.said = {"until": f"{until}"}
        over = datetime.combine(until + timedelta(1), time(0), clock.CHINA)
        set_timer(_timer(taken.tip), over, RewardLapses(tip_id=taken.tip.pk))


class WrongCode(Refused):
    """The code is not that of the report."""


def claim_reward(actor: Actor, person: Person, tip_id: int, *, code: str = "") -> None:
    """The informant asked for it in time: from now on it does not lapse, whenever it is paid.

    `code`: by which an anonymous report is followed; nothing else says that it was they who asked.
    """
    try:
        _claimed(actor, person, tip_id, code)
    except WrongCode:
        use_door(CLAIM, f"{tip_id}")  # outside of the step, which is undone
        raise


def _claimed(actor: Actor, person: Person, tip_id: int, code: str) -> None:
    with step("claim", actor, person, tip_id) as taken:
        if not taken.tip.named:
            if door_shut(CLAIM, f"{tip_id}"):
                raise Refused(N_("Too many wrong codes for this report. Again tomorrow."))
            if not hmac.compare_digest(digest_of(code), taken.tip.query_digest):
                raise WrongCode(N_("This is not the code of the report: have it read out again."))
        Reward.objects.filter(tip=taken.tip).update(claimed_at=clock.now())
        cancel_timer(_timer(taken.tip))


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
            raise Refused(N_("This reward is paid, or the voucher was used already.")).at(
                "voucher"
            ) from None
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
        if tip is None or facts(tip).claimed:
            return
        this.on("tip", tip.pk, tip.number)
        tip.state = State.FORFEITED
        tip.save(update_fields=["state"])
        write(tip, PLATFORM, "forfeit", State.NOTIFIED, Taken(tip))
        refresh(tip)
        this.publish(moved(tip, "forfeit", State.NOTIFIED))


def _rewarded_once(tip: Tip, basis: str) -> None:
    """One decision rewards one report, the first: a later one that rests on it gets nothing."""
    standing = Q(approved_at__isnull=False) | Q(tip__state=State.REWARD_PROPOSED)
    if Reward.objects.filter(standing, basis=basis).exclude(tip=tip).exists():
        raise Refused(N_("Another report is rewarded for this decision: only the first one is."))


def _timer(tip: Tip) -> str:
    return f"reward:{tip.pk}"
