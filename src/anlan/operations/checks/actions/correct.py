"""A check is corrected: a new version beside the old one, which stays."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from anlan.operations.checks.actions.perform import (
    Checker,
    Submission,
    answered,
    kept,
    submit_check,
)
from anlan.operations.checks.models import CheckItem, CheckRecord
from anlan.operations.checks.queries.library import item_of
from anlan.operations.checks.queries.records import root_of
from anlan.operations.checks.queries.scope import records_in
from anlan.operations.checks.rules.answers import Answer, counted, judge
from anlan.operations.people.actions import act
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def correct_check(who: Checker, record_id: int, given: Mapping[str, Answer], *, reason: str) -> int:
    """Say otherwise what was submitted; the id of the new version. Only who checked may.

    A danger found before stays a danger, whatever is said now.
    """
    with act("checks.correct", who.actor) as this:
        old = records_in(who.scope).select_for_update().filter(pk=record_id).first()
        if old is None:
            raise Refused(N_("There is no such check."))
        may_correct(old, who)
        if not reason.strip():
            raise Refused(N_("Say why."))
        rows = CheckItem.objects.in_bulk([one["item"] for one in old.answers])
        items = [item_of(rows[one["item"]]) for one in old.answers]
        judge(items, given)
        given = _looked_at(old, given)
        said = Submission(
            key=root_of(old), enterprise_id=old.enterprise_id, answers=given, lon=old.lon,
            lat=old.lat, performed_at=old.performed_at, list_at=old.performed_at,
        )  # fmt: skip
        new = CheckRecord(
            task=old.task, enterprise_id=old.enterprise_id, unit=old.unit, area_code=old.area_code,
            sector=old.sector, use=old.use, cycle=old.cycle, performed_at=old.performed_at,
            kept_at=clock.now(), lon=old.lon, lat=old.lat, by_id=who.actor.id,
            by_name=who.actor.label, organisation=who.organisation, version=old.version + 1,
            key=f"{root_of(old)}~{old.version + 1}", replaces=old, reason=reason.strip()[:300],
            answers=answered(who, said, items), counts=old.counts,
            **counted(given),
        )  # fmt: skip
        found = {one["code"]: one["danger"] for one in old.answers if "danger" in one}
        for one in new.answers:
            if one["code"] in found:
                one["danger"] = found[one["code"]]
        old.current = False
        old.save(update_fields=["current"])
        new.save()
        this.on("check", new.pk, str(new))
        this.detail = {"reason": new.reason, "version": new.version}
        this.publish(kept(new))
    return new.pk


def put_check_of(who: Checker, given: Submission) -> int:
    """A check by its key in another system: new, the same, or corrected where it says otherwise."""
    mine = records_in(who.scope).filter(Q(key=given.key) | Q(key__startswith=f"{given.key}~"))
    known = mine.filter(current=True).first()
    if known is None or known.by_id != who.actor.id:
        return submit_check(who, given)
    before = {one["code"]: (one["choice"], one["note"]) for one in known.answers}
    said = {code: (one.choice, one.note.strip()) for code, one in given.answers.items()}
    if known.enterprise_id != given.enterprise_id:
        raise Refused(N_("This check is of another enterprise."))
    if said == before:
        return known.pk
    return correct_check(who, known.pk, given.answers, reason=_("corrected by the other system"))


def may_correct(record: CheckRecord, who: Checker) -> None:
    """Raises `Refused` with the reason."""
    if not record.current:
        raise Refused(N_("It was corrected already: correct the newest version."))
    if record.by_id is None or record.by_id != who.actor.id:
        raise Refused(N_("Only who made the check corrects it."))


def _looked_at(old: CheckRecord, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """An answer that stays as it was is as little looked at by itself as before."""
    before = {one["code"]: one for one in old.answers}
    return {
        code: replace(one, confirmed=bool(before[code]["confirmed"]))
        if before[code]["choice"] == one.choice else one
        for code, one in given.items()
    }  # fmt: skip
