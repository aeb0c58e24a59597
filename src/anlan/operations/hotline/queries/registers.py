"""The register of reports: what is listed, searched and exported never says who reported."""

from datetime import date

from django.db.models import Q

from anlan.operations.hotline.rules.hazards import SIGN_WORDS
from anlan.operations.hotline.rules.states import (
    CHANNEL_WORDS,
    ENDED,
    KIND_WORDS,
    STATE_WORDS,
    UNANSWERED,
    VERDICT_WORDS,
    State,
)
from anlan.operations.hotline.rules.states import Kind as TipKind
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.registers import ENTERPRISES, OF_ENTERPRISE
from anlan.vocabulary.words import N_, NP_

_SECTORS = ENTERPRISES.field("sector").choices


def _open() -> Q:
    return ~Q(state__in=ENDED)


def _late(_scope: Scope, day: date) -> Q:
    return Q(state__in=UNANSWERED, due_on__lt=day)


# What is asked of a sign of a natural hazard; nobody is reported.
ASKED_HAZARD = ("sign", "matter", "area_code", "place")
TIPS = Register(
    title=NP_("register", "Reports to 12350"),
    order=("due_on", "-received_at"),
    fields=(
        Field(key="number", word=NP_("tip", "Number"), typed=False, searched=True, sorted=True),
        Field(key="kind", word=NP_("tip", "What it is"), kind=Kind.CHOICE, choices=KIND_WORDS,
              required=True, filtered=True, untyped=(TipKind.HAZARD,)),
        Field(key="sign", word=NP_("tip", "What was seen"), kind=Kind.CHOICE, choices=SIGN_WORDS,
              filtered=True),
        Field(key="matter", word=NP_("tip", "Matter"), kind=Kind.LONG, longest=1000, required=True,
              searched=True,
              help=N_("What is wrong, where and since when. Not who you are.")),
        Field(key="accused", word=NP_("tip", "Who is reported"), longest=120, searched=True,
              help=N_("The enterprise, site or shop.")),
        Field(key="area_code", word=NP_("tip", "Street or community"), kind=Kind.AREA,
              required=True, filtered=True),
        Field(key="place", word=NP_("tip", "Place"), longest=200, searched=True),
        Field(key="sector", word=NP_("tip", "Sector"), kind=Kind.CHOICE, choices=_SECTORS,
              filtered=True),
        Field(key="channel", word=NP_("tip", "Channel"), kind=Kind.CHOICE, choices=CHANNEL_WORDS,
              typed=False, filtered=True),
        Field(key="state", word=NP_("tip", "State"), kind=Kind.CHOICE, choices=STATE_WORDS,
              typed=False, filtered=True),
        Field(key="verdict", word=NP_("tip", "Verdict"), kind=Kind.CHOICE,
              choices=VERDICT_WORDS, typed=False, filtered=True),
        Field(key="received_at", word=NP_("tip", "Received"), kind=Kind.MOMENT, typed=False,
              filtered=True, sorted=True),
        Field(key="closed_at", word=NP_("tip", "Closed"), kind=Kind.MOMENT, typed=False,
              listed=False, filtered=True),
        OF_ENTERPRISE,
        Field(key="due_on", word=NP_("tip", "Deadline"), kind=Kind.DAY, typed=False,
              filtered=True, sorted=True),
    ),
    views=(
        View("open", NP_("tips view", "Open"), lambda scope, day: _open()),
        View("undecided", NP_("tips view", "Wait to be decided"),
             lambda scope, day: Q(state=State.RECEIVED)),
        View("verifying", NP_("tips view", "To be verified"),
             lambda scope, day: Q(state__in=(State.ACCEPTED, State.VERIFYING))),
        View("hazard", NP_("tips view", "Natural hazards"),
             lambda scope, day: Q(kind=TipKind.HAZARD) & _open()),
        View("late", NP_("tips view", "Late"), _late, late=True),
        View("reward", NP_("tips view", "Rewards"),
             lambda scope, day: Q(state__in=(State.REWARD_PROPOSED, State.APPROVED,
                                             State.NOTIFIED))),
        View("closed", NP_("tips view", "Closed"), lambda scope, day: Q(state__in=ENDED)),
    ),
)  # fmt: skip
