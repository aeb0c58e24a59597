"""A case review is opened: its sample is drawn by chance, from a seed that nobody chooses."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from anlan.operations.enforcement.queries.record import archived_between, records
from anlan.operations.oversight.actions.desk import refresh_review
from anlan.operations.oversight.events import SampledMoved
from anlan.operations.oversight.models import Counter, Review, Sampled, SampledStep
from anlan.operations.oversight.queries.checking import Finding, findings
from anlan.operations.oversight.queries.reviews import checklist_of, checklist_row
from anlan.operations.oversight.rules.drawing import drawn, of_share
from anlan.operations.oversight.rules.loop import Person
from anlan.operations.oversight.rules.states import OPEN, State
from anlan.operations.people.actions import Act, Actor, act, looking_again
from anlan.operations.registers.actions import next_number
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """Cases archived from `since` until `until` (days, both in), and how many of them: either
    `count`, or `share` of them in percent."""

    since: date
    until: date
    count: int = 0
    share: int = 0
    source: str = ""
    source_id: str = ""


def open_review(actor: Actor, person: Person, area_code: str, new: NewReview) -> int:
    """Draw the sample; the review's id. Raises `Refused`, then nothing is changed.

    A period is reviewed once: nobody draws again until the sample pleases. The seed is made when
    the number of cases is settled.
    """
    if OPEN not in person.rights or not person.organisation:
        raise Refused(N_("Your role may not take this step."))
    if new.since > new.until or new.until > clock.today():
        raise Refused(N_("The period ends after it begins, and not after today."))
    if bool(new.count) == bool(new.share) or not 0 <= new.share <= WHOLE or new.count < 0:
        raise Refused(N_("Say how many cases, or a share from 1 to 100 percent."))
    with act("oversight.open_review", actor) as this:
        row = checklist_row(clock.today())
        year = clock.today().year
        # The counter stays locked: two reviews of one period cannot be opened at once.
        number = next_number(Counter.objects, unit=person.organisation, year=year)
        since_at, until_at = _moments(person.organisation, new)
        frame = archived_between(person.organisation, since_at, until_at)
        least = checklist_of(row.figures, row.source).least_cases
        count = _count(new, len(frame), least)
        review = Review.objects.create(
            number=f"{year}-{number:02d}", unit=person.organisation, area_code=area_code,
            since=new.since, until=new.until, since_at=since_at, until_at=until_at,
            seed=secrets.token_hex(16), frame=[one for _pk, one in frame], count=count,
            checklist=row, opened_at=clock.now(), opened_by_id=actor.id,
            opened_by_name=actor.label, source=new.source, source_id=new.source_id,
        )  # fmt: skip
        _draw(this, actor, review, {one: pk for pk, one in frame})
        refresh_review(review)
        this.on("case_review", review.pk, review.number)
        this.detail = {"seed": review.seed, "frame": len(frame), "drawn": count}
    return review.pk


@looking_again
def put_review(actor: Actor, person: Person, area_code: str, new: NewReview) -> tuple[int, str]:
    """Open the review that another system of the unit names by (source, id): its id here, and new
    or same. Raises `Refused`, also for other words under the same id."""
    mine = Review.objects.filter(unit=person.organisation)
    known = mine.filter(source=new.source, source_id=new.source_id).first()
    if known is None:
        return open_review(actor, person, area_code, new), "new"
    count = new.count or of_share(new.share, len(known.frame))
    if (known.since, known.until, known.count) != (new.since, new.until, count):
        raise Refused(N_("A review stays as it was drawn: send another under its own id."))
    return known.pk, "same"


def _moments(unit: str, new: NewReview) -> tuple[datetime, datetime]:
    """From when until when; what was closed after the review before was drawn belongs to this."""
    if Review.objects.filter(unit=unit, since__lte=new.until, until__gte=new.since).exists():
        raise Refused(N_("Cases of this period have been reviewed: a period is drawn from once."))
    before = Review.objects.filter(unit=unit, until=new.since - timedelta(days=1)).first()
    since_at = before.until_at if before else datetime.combine(new.since, time(0), clock.CHINA)
    over = datetime.combine(new.until + timedelta(days=1), time(0), clock.CHINA)
    return since_at, min(over, clock.now())


def _count(new: NewReview, frame: int, least: int) -> int:
    if not frame:
        raise Refused(N_("No case was archived in this period."))
    count = new.count or of_share(new.share, frame)
    if count > frame:
        raise Refused(N_("Only %(frame)d cases were archived in this period."), frame=frame)
    if count < min(least, frame):
        raise Refused(N_("Draw %(least)d cases at least, or all where there are fewer."),
                      least=least)  # fmt: skip
    return count


def _draw(this: Act, actor: Actor, review: Review, ids: dict[str, int]) -> None:
    chosen = drawn(review.frame, review.count, review.seed)
    known = records([ids[number] for number in chosen])
    for place, number in enumerate(chosen, 1):
        record = known[ids[number]]
        sampled = Sampled.objects.create(
            review=review, case_id=record.id, number=record.number, title=record.title,
            place=place, computed={key: _kept(one) for key, one in findings(record).items()},
        )  # fmt: skip
        SampledStep.objects.create(
            sampled=sampled, at=clock.now(), by_id=actor.id, by_name=actor.label, verb="draw",
            after=State.DRAWN,
        )  # fmt: skip
        this.publish(SampledMoved(
            review=review.number, case_id=record.id, number=record.number, unit=review.unit,
            verb="draw", before="", after=State.DRAWN, mean="", grade="",
        ))  # fmt: skip


def _kept(one: Finding) -> dict[str, object]:
    return {"passed": one.passed, "said": one.said, "facts": dict(one.facts)}
