"""The sentences of a recipient's page, in the reader's language, from the facts of the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.messaging.queries.pages import DeliveryPage
from anlan.operations.messaging.queries.picture import Picture, picture
from anlan.operations.messaging.queries.spoken import spoken_time
from anlan.operations.messaging.rules import Answer
from anlan.vocabulary import clock

WALK_M_A_MINUTE = 60
SOON = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """What the page says; `lines` follow the headline. `moving`: a household told to leave."""

    page: DeliveryPage
    headline: str
    lines: tuple[str, ...]
    walk: str
    shelter: str
    helper: str
    telephone: str
    picture: Picture | None
    household: bool
    moving: bool
    answerable: bool
    answered: str


def receipt_words(page: DeliveryPage) -> ReceiptWords:
    """Everything the template needs, said."""
    personal = page.personal
    household = personal.get("kind", "household") == "household"
    moving = household and page.page.get("kind") == "alert"
    headline = _headline(personal) if moving else page.title
    lines = _why(page) if moving else (page.text,)
    helper = personal.get("helper") or {}
    shelter = personal.get("shelter") or {}
    return ReceiptWords(
        page=page, headline=headline, lines=lines, walk=_walk(shelter),
        shelter=str(shelter.get("name", "")), helper=str(helper.get("name", "")),
        telephone=str(helper.get("phone") or page.page.get("hotline", "")),
        picture=picture(page.page, personal) if moving else None,
        household=household, moving=moving, answerable=page.page.get("kind") != "lift",
        answered=_answered(page.answer),
    )  # fmt: skip


def _time(facts: Mapping[str, Any], name: str) -> datetime | None:
    text = facts.get(name)
    return datetime.fromisoformat(text) if text else None


def _headline(personal: Mapping[str, Any]) -> str:
    by = _time(personal, "leave_by")
    shelter = (personal.get("shelter") or {}).get("name")
    said = {"by": spoken_time(by) if by else "", "shelter": shelter}
    if by is None or by <= clock.now() + SOON:
        return (_("Go to %(shelter)s now") if shelter else _("Go to higher ground now")) % said
    if shelter:
        return _("Before %(by)s, move to %(shelter)s") % said
    return _("Before %(by)s, move to higher ground") % said


def _why(page: DeliveryPage) -> tuple[str, ...]:
    personal = page.personal
    lines = []
    crest, arrival = _time(page.page, "crest_at"), _time(personal, "arrival_at")
    if crest is not None:
        lines.append(_("The flood crest comes at %(at)s.") % {"at": spoken_time(crest)})
    said = {"place": personal.get("place") or _("Your home"), "depth": personal.get("depth_m"),
            "at": spoken_time(arrival) if arrival else ""}  # fmt: skip
    if personal.get("depth_m"):
        if arrival is not None and arrival > clock.now():
            lines.append(
                _("%(place)s is expected under %(depth).1f m of water; it comes in from %(at)s.")
                % said
            )
        else:
            lines.append(_("%(place)s is expected under %(depth).1f m of water.") % said)
    elif personal.get("place"):
        lines.append(_("%(place)s lies beside the water that is expected.") % said)
    return tuple(lines)


def _walk(shelter: Mapping[str, Any]) -> str:
    metres = shelter.get("walk_m")
    if not metres:
        return ""
    rounded = max(50, round(metres / 50) * 50)
    minutes = max(1, round(rounded / WALK_M_A_MINUTE))
    return _("About %(metres)s m, %(minutes)s minutes on foot") % {
        "metres": f"{rounded:,}",
        "minutes": minutes,
    }


def _answered(answer: str) -> str:
    return {
        Answer.OK: _("You have confirmed"),
        Answer.HELP: _("You have asked for help"),
        Answer.AWAY: _("You have said that nobody is at home"),
        "": "",
    }.get(answer, answer)
