"""A report comes in by telephone, web form or QR code; who reports is sealed at once."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F

from anlan.operations.hotline.actions.desk import refresh
from anlan.operations.hotline.actions.steps import Taken, moved, required, write
from anlan.operations.hotline.models import Informant, Tip, TipCounter
from anlan.operations.hotline.queries.files import digest_of
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.secrecy import holds_no_numbers, names_nobody
from anlan.operations.hotline.rules.states import RECEIVE, Channel, Kind
from anlan.operations.people.actions import PLATFORM, Actor, act, seal_text
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

CODE_LETTERS = 12


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
    enterprise_id: int | None = None


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
    return _received(actor, Channel.PHONE, new, who)


def take_form(channel: Channel, new: NewTip, who: Who = NOBODY_NAMED) -> str:
    """The public's own form; the query code. No address of the sender is kept."""
    return _received(PLATFORM, channel, new, who)


def query_code(key: str) -> str:
    """The code by which a report is followed: of its sending's key, so that it is never kept."""
    secret = hmac.new(settings.ANLAN_DATA_KEY, b"hotline:" + key.encode(), hashlib.sha256)
    return base64.b32encode(secret.digest()).decode()[:CODE_LETTERS]


def _received(actor: Actor, channel: Channel, new: NewTip, who: Who) -> str:
    code = query_code(new.key)
    digest = digest_of(code)
    matter = required(new.matter, N_("Say what is wrong."))
    name, phone = who.name.strip()[:60], who.phone.strip()[:30]
    texts = (matter, new.accused, new.place)
    for text in texts:
        holds_no_numbers(text)
    names_nobody(texts, name, phone)
    with act("hotline.receive", actor) as this:
        if Tip.objects.filter(key=new.key).exists():
            return code
        now = clock.now()
        tip = Tip.objects.create(
            number=f"12350-{now.year}-{_next(now.year):05d}", key=new.key, query_digest=digest,
            channel=channel, kind=new.kind, matter=matter, accused=new.accused.strip()[:120],
            place=new.place.strip()[:200], enterprise_id=new.enterprise_id,
            area_code=new.area_code, sector=new.sector, named=bool(name or phone),
            received_at=now, received_by_name="" if actor.id is None else actor.label,
        )  # fmt: skip
        if name or phone or who.works_there:
            Informant.objects.create(
                tip=tip,
                name_sealed=seal_text(name),
                phone_sealed=seal_text(phone),
                works_there_sealed=seal_text("yes" if who.works_there else ""),
            )
        write(tip, actor, "receive", "", Taken(tip))
        refresh(tip)
        this.on("tip", tip.pk, tip.number)
        this.detail = {"channel": channel, "kind": new.kind}
        this.publish(moved(tip, "receive", ""))
    return code


def _next(year: int) -> int:
    TipCounter.objects.get_or_create(year=year)
    mine = TipCounter.objects.filter(year=year)
    mine.update(last=F("last") + 1)
    return mine.values_list("last", flat=True).get()
