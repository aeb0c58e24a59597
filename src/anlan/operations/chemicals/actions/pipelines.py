"""Pipelines, their high-consequence sections, and what stands on them."""

from dataclasses import dataclass

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.desk import Word, key_of, settle_term, tell
from anlan.operations.chemicals.models import Encroachment, Pipeline, Section
from anlan.operations.chemicals.rules.lines import length_m
from anlan.operations.deadlines.queries import months_after
from anlan.operations.people.actions import Actor, act
from anlan.operations.people.queries import Scope
from anlan.operations.safety.actions import Find, Source, find_danger
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.queries.signboards import signboard
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_


def _settle_pipeline(one: Pipeline) -> None:
    if one.inspected_on is not None and one.inspected_on > clock.today():
        raise Refused(N_("An inspection is entered when it has been, not before."))
    one.length_m = length_m(one.line)
    inspected = one.inspected_on
    one.inspect_by = None if inspected is None else months_after(inspected, one.cycle)


def _after_pipeline(one: Pipeline, by: str) -> None:
    settle_term(one, PIPELINE.kind, one.inspect_by if one.withdrawn_at is None else None, by)


def ask_for_inspection(pipeline_id: int) -> None:
    """The pipeline is to be inspected before long."""
    one = Pipeline.objects.filter(pk=pipeline_id, withdrawn_at=None).first()
    if one is None or one.inspect_by is None:
        return
    word = Word(
        title=N_("Pipeline %(name)s is to be inspected"), action=N_("Enter the inspection"),
        link=f"/chemicals/pipelines/{one.pk}", due_on=one.inspect_by,
        parameters={"name": one.name},
    )  # fmt: skip
    tell(key_of(PIPELINE.kind, one.pk), one, word)


def _settle_section(one: Section) -> None:
    line = Pipeline.objects.select_for_update().filter(pk=one.pipeline_id).first()
    if line is None or line.enterprise_id != one.enterprise_id or line.withdrawn_at is not None:
        raise Refused(N_("There is no such pipeline of this enterprise."))
    if not one.from_m < one.to_m <= line.length_m + 1:
        raise Refused(N_("A section lies on its pipeline, and ends after it begins."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What stands on a pipeline and where. `key` names one sending of the form."""

    key: str
    title: str
    description: str = ""
    place: str = ""
    lon: float | None = None
    lat: float | None = None


def register_encroachment(actor: Actor, scope: Scope, pipeline_id: int, seen: Seen) -> int:
    """Register what stands on a pipeline as a danger of its enterprise; the danger's id."""
    with act("chemicals.encroachment", actor) as this:
        line = Pipeline.objects.select_for_update().filter(pk=pipeline_id).first()
        sign = signboard(line.enterprise_id) if line is not None else None
        if line is None or sign is None or line.withdrawn_at is not None:
            raise Refused(N_("There is no such entry."))
        person = person_of(scope, scope.organisation or "")
        danger = find_danger(actor, person, Find(
            key=seen.key, title=seen.title, description=seen.description, place=seen.place,
            area_code=sign.area_code, sector=sign.sector, lon=seen.lon, lat=seen.lat,
            enterprise_id=line.enterprise_id,
            source=Source.SELF_CHECK if person.firm else Source.PATROL,
        ))  # fmt: skip
        Encroachment.objects.get_or_create(danger_id=danger, defaults={"pipeline": line})
        this.on(PIPELINE.kind, line.pk, line.name)
        this.detail = {"danger": danger}
    return danger


def _nothing(_record: Section, _by: str) -> None:
    """No term hangs on a section."""


PIPELINE = Book(
    kind="pipeline", model=Pipeline,
    said=("name", "medium", "pressure", "diameter", "material", "laid", "begins", "ends", "line",
          "cycle", "inspected_on", "patrol", "note"),
    named=("name",), settle=_settle_pipeline, after=_after_pipeline,
)  # fmt: skip
SECTION = Book(
    kind="section", model=Section, parent="pipeline",
    said=("name", "grade", "from_m", "to_m", "people", "measures", "note"),
    named=("name",), settle=_settle_section, after=_nothing,
)  # fmt: skip
