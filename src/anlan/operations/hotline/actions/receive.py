"""A report comes in by telephone, web form or QR code; who reports is sealed at once."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.door import use_door
from anlan.operations.hotline.actions.steps import Taken, moved, write
from anlan.operations.hotline.models import Informant, Tip, TipCounter
from anlan.operations.hotline.queries.files import digest_of
from anlan.operations.hotline.rules.hazards import Sign
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.secrecy import holds_no_numbers, names_nobody
from anlan.operations.hotline.rules.states import RECEIVE, Channel, Kind
from anlan.operations.people.actions import PLATFORM, Actor, act, seal_text
from anlan.operations.registers.actions import lock_numbers, next_number
from anlan.operations.registers.queries import required
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CODE_LETTERS = 12
INSIDER = "yes"
TOO_MANY = N_("Many reports came from this network. Call 12350, or try again in an hour.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTip:
    """What is reported. `key` names one sending of the form; the same again is the same report."""

    key: str
    kind: Kind
    matter: str
    area_code: str
    accused: str = ""
    place: str = ""
    sector: str = ""
    sign: str = ""
    enterprise_id: int | None = None
    source: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who reports. `works_there`: with the unit that is reported (an insider)."""

    name: str = ""
    phone: str = ""
    works_there: bool = False


NOBODY_NAMED = Who()


def take_call(actor: Actor, person: Person, new: NewTip, who: Who = NOBODY_NAMED) -> str:
    """The clerk writes down a call; the query code, to be read out to the caller."""
    if RECEIVE not in person.rights:
        raise Refused(N_("Your role may not take this step."))
    return receive(actor, Channel.PHONE, new, who, new.key)


def take_form(channel: Channel, new: NewTip, who: Who = NOBODY_NAMED, *, sender: str = "") -> str:
    """The public's own form; the query code. No address of the sender is kept.

    `sender`: the network address whose reports of this hour are counted; "" counts none.
    """
    return receive(PLATFORM, channel, new, who, new.key, sender)


def query_code(key: str) -> str:
    """The code by which a report is followed: of its sending's key, so that it is never kept."""
    secret = hmac.new(settings.ANLAN_DATA_KEY, b"hotline:" + key.encode(), hashlib.sha256)
    return base64.b32encode(secret.digest()).decode()[:CODE_LETTERS]


def receive(
    actor: Actor, channel: Channel, new: NewTip, who: Who, key: str, sender: str = ""
) -> str:
    """Keep a report once a `key`, who reports sealed; its query code."""
    code = query_code(key)
    name, phone = cut(who.name, who.phone)
    words = worded_matter(new, name, phone)
    with act("hotline.receive", actor) as this:
        now = clock.now()
        lock_numbers(TipCounter.objects, year=now.year)
        if Tip.objects.filter(key=key).exists():
            return code
        if sender and not use_door("report", sender):
            raise Refused(TOO_MANY)
        number = next_number(TipCounter.objects, year=now.year)
        tip = Tip.objects.create(
            number=f"12350-{now.year}-{number:05d}", key=key,
            query_digest=digest_of(code), channel=channel, kind=new.kind, **words,
            enterprise_id=new.enterprise_id, area_code=new.area_code, sector=new.sector,
            sign=sign_of(new),
            named=bool(name or phone), source=new.source, source_id=new.source_id,
            received_at=now, received_by_name="" if actor.id is None else actor.label,
        )  # fmt: skip
        if name or phone or who.works_there:
            # "no" is as long as "yes", sealed: its length tells nobody who works there.
            Informant.objects.create(
                tip=tip,
                name_sealed=seal_text(name),
                phone_sealed=seal_text(phone),
                works_there_sealed=seal_text(INSIDER if who.works_there else "no "),
            )
        write(tip, actor, "receive", "", Taken(tip))
        refresh(tip)
        this.on("tip", tip.pk, tip.number)
        this.detail = {"channel": channel, "kind": new.kind}
        this.publish(moved(tip, "receive", ""))
    return code


def cut(name: str, phone: str) -> tuple[str, str]:
    """Name and telephone at the length that is kept."""
    return name.strip()[:60], phone.strip()[:30]


def sign_of(new: NewTip) -> str:
    """What was seen of a natural hazard, "" of anything else; raises `Refused` where it lacks."""
    if new.kind != Kind.HAZARD:
        return ""
    if new.sign not in set(Sign):
        raise Refused(N_("Choose what was seen.")).at("sign")
    return new.sign


def worded_matter(new: NewTip, name: str, phone: str) -> dict[str, str]:
    """What the report says, by field; raises `Refused` where it names a number or the informant."""
    words = {
        "matter": required(new.matter, N_("Say what you report."))[:1000],
        "accused": new.accused.strip()[:120], "place": new.place.strip()[:200],
    }  # fmt: skip
    for text in words.values():
        holds_no_numbers(text)
    names_nobody(words.values(), name, phone)
    return words
