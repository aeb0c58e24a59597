"""Files of a case: distrusted and kept as those of dangers are."""

import hashlib

from anlan.operations.enforcement.models import Case
from anlan.operations.enforcement.queries.state import facts
from anlan.operations.enforcement.rules.exhibits import KIND_WORDS, MOST_A_CASE, SITE
from anlan.operations.enforcement.rules.loop import Person, check_filing
from anlan.operations.people.actions import Actor, act
from anlan.operations.safety.actions import Taking, keep_photo, media_of, paper_media, paper_name
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def file_exhibit(
    doer: tuple[Actor, Person], case_id: int, kind: str, raw: bytes, name: str,
    taking: Taking,
) -> int:  # fmt: skip
    """Keep a file with the case, of the site a photo alone; its id. Raises `Refused`.

    The same file again is the same one.
    """
    actor, person = doer
    media = media_of(raw) if kind == SITE else paper_media(raw)
    with act("enforcement.file_exhibit", actor) as this:
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if case is None or kind not in KIND_WORDS:
            raise Refused(N_("There is no such case."))
        check_filing(facts(case, clock.today()), person)
        known = case.exhibits.filter(sha256=hashlib.sha256(raw).hexdigest()).first()
        if known is not None:
            if known.kind != kind:
                raise Refused(N_("This file is with the case already, as another kind."))
            return known.pk
        if case.exhibits.count() >= MOST_A_CASE:
            raise Refused(N_("A case has at most %(most)d files."), most=MOST_A_CASE)
        kept = case.exhibits.create(
            kind=kind, sha256=keep_photo(raw), media=media, name=paper_name(name), size=len(raw),
            taken_at=taking.at, lon=taking.lon, lat=taking.lat, kept_at=clock.now(),
            by_id=actor.id, by_name=actor.label,
        )  # fmt: skip
        this.on("case", case.pk, str(case))
        this.detail = {"kind": kind, "sha256": kept.sha256}
    return kept.pk
