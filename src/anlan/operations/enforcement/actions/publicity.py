"""What the office publishes 执法公示: penalties within 7 working days, other decisions within 20.

Nothing but what the discretion table and the law say: no name of a person, no number, no address,
no free text of the case.
"""

from collections.abc import Mapping

from anlan.operations.enforcement.actions.party import party_of
from anlan.operations.enforcement.actions.steps import Effect, Taken
from anlan.operations.enforcement.models import Case, EnforcementUnit, Paper, Publication
from anlan.operations.enforcement.queries.terms import until
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

# Papers that are decisions beside the penalty; the first words of the law are in the step's form.
OTHER_PAPERS = ("order", "measures", "withdrawal")


def publish(taken: Taken) -> None:
    """The penalty decision."""
    case, row = taken.case, taken.row
    decision = Paper.objects.filter(
        case=case, kind__in=("decision", "summary_decision")
    ).latest("id")  # fmt: skip
    if case.decided_on is None:
        raise Refused(N_("Only a penalty decision is published."))
    Publication.objects.create(
        case=case, number=decision.number, paper_kind=decision.kind, unit_name=_unit_name(case),
        party=case.party, violation=row.violation, basis=f"{row.law}；{row.basis}"[:300],
        fine=case.fine, gains=case.gains, others=case.others,
        decided_on=case.decided_on, published_on=taken.day,
        until=until("publicity_end", taken.day),
    )  # fmt: skip
    case.published = True
    taken.stop("publicity")


def publish_the_measures(taken: Taken) -> None:
    """Orders, measures on the spot and a dropped case, those that were not published before."""
    case = taken.case
    known = set(case.publications.values_list("number", flat=True))
    papers = Paper.objects.filter(case=case, kind__in=OTHER_PAPERS).order_by("id")
    for number in dict.fromkeys(papers.values_list("number", flat=True)):
        if number not in known:
            _put(taken, papers.filter(number=number).latest("version"))
    case.others_published = True
    taken.stop("publicity_other")


def _put(taken: Taken, paper: Paper) -> None:
    """One decision, by the law that its form names; refused where that text names the person."""
    case, basis = taken.case, str(paper.said.get("basis", ""))[:300]
    party = party_of(case)
    names = [party["name"], party["id_number"]] if case.party_kind == "person" else []
    if any(name and name in basis for name in names):
        raise Refused(N_("The law of %(number)s names the person: correct the paper first."),
                      number=paper.number)  # fmt: skip
    first = Paper.objects.get(case=case, number=paper.number, version=1)
    Publication.objects.create(
        case=case, kind="other", paper_kind=paper.kind, number=paper.number,
        unit_name=_unit_name(case), party=case.party, violation="", basis=basis,
        decided_on=first.issued_at.astimezone(clock.CHINA).date(), published_on=taken.day,
        until=until("publicity_end", taken.day),
    )  # fmt: skip


def _unit_name(case: Case) -> str:
    return EnforcementUnit.objects.get(code=case.unit).name


def take_down(taken: Taken) -> None:
    """Whatever is public of the case."""
    running = taken.case.publications.filter(ended_on=None)
    running.update(ended_on=taken.day, why_ended=taken.words("reason")[:300])
    taken.case.published = taken.case.others_published = False


def end_publicity(taken: Taken, why: str) -> None:
    """The penalty is public no more."""
    running = taken.case.publications.filter(ended_on=None, kind="penalty")
    running.update(ended_on=taken.day, why_ended=why[:300])
    taken.case.published = False


EFFECTS: Mapping[str, Effect] = {
    "publish": publish,
    "publish the measures": publish_the_measures,
    "take down": take_down,
}
