"""Photos and documents as evidence of an item, kept as the ones of dangers are."""

import hashlib

from anlan.operations.assessment.actions.cards import locked
from anlan.operations.assessment.queries.cards import facts_of
from anlan.operations.assessment.queries.sheets import scheme_of
from anlan.operations.assessment.rules.scorecard import Person, check
from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.actions import keep_photo, paper_media, paper_name
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_AN_ITEM = 10


def add_paper(
    actor: Actor, person: Person, card_id: int, code: str, raw: bytes, name: str = ""
) -> int:
    """Keep evidence while the unit scores itself; its id. The same again is the same one."""
    media = paper_media(raw)
    with act("assessment.add_paper", actor) as this:
        card = locked(card_id)
        check("answer", facts_of(card), person, clock.today())
        if code not in {one.code for one in scheme_of(card).items_of(card.kind) if one.typed}:
            raise Refused(N_("There is no such item, or it is computed from records."))
        papers = card.papers.filter(code=code)
        known = papers.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
        if known is not None:
            return known.pk
        if papers.count() >= MOST_AN_ITEM:
            raise Refused(
                N_("An item has at most %(most)d photos and documents."), most=MOST_AN_ITEM
            )
        paper = card.papers.create(
            code=code, sha256=keep_photo(raw), media=media, name=paper_name(name), size=len(raw),
            kept_at=clock.now(), by_name=actor.label,
        )  # fmt: skip
        this.on("scorecard", card.pk, f"{card}")
        this.detail = {"sha256": paper.sha256, "item": code}
    return paper.pk
