"""A list that Ciqikou street keeps: its leader's post, a duty, a work with evidence."""

import io
from datetime import date

from PIL import Image

from anlan.operations.assessment import actions as scorecards
from anlan.operations.assessment import queries as assessment
from anlan.operations.assessment.models import Scorecard
from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import organisations, scope_of
from anlan.operations.registers.queries import Look
from anlan.operations.responsibilities import actions
from anlan.operations.responsibilities.models import CapacityCheck
from anlan.operations.responsibilities.queries import person_of
from anlan.operations.risks.actions import keep_file
from anlan.vocabulary import clock


def _capacity(street_code: str) -> int:
    """Of Ciqikou street, asked by the bureau."""
    if not CapacityCheck.objects.filter(year=clock.today().year).exists():
        office = Account.objects.get(username="anjian")
        who = as_actor(office), person_of(scope_of(office))
        actions.open_year(*who, clock.today().year, clock.today())
    return CapacityCheck.objects.filter(unit_code=street_code).latest("year").pk


def _scorecard(street_code: str) -> dict[str, int]:
    """Of Ciqikou street, opened by the bureau for the year before, with a file of evidence."""
    office, street = (Account.objects.get(username=one) for one in ("anjian", "ciqikou"))
    year = clock.today().year - 1
    person = assessment.person_of(scope_of(office))
    scorecards.open_year(as_actor(office), person, year, clock.today())
    card = Scorecard.objects.get(unit_code=street_code, year=year).pk
    sink = io.BytesIO()
    Image.new("RGB", (9, 8)).save(sink, "PNG")
    who = as_actor(street), assessment.person_of(scope_of(street))
    paper = scorecards.add_paper(*who, card, "duty", sink.getvalue())
    return {"scorecard_id": card, "scorecard_paper_id": paper}


def _commendation(street_code: str) -> int:
    """Of Ciqikou street, kept by the bureau."""
    office = Account.objects.get(username="anjian")
    values = {"whom": "unit", "name": "走查", "unit": street_code, "title": "走查",
              "level": "district", "document": "走查", "given_on": clock.today(),
              "reason": "走查"}  # fmt: skip
    kept = actions.keep_commendation(as_actor(office), person_of(scope_of(office)), values)
    return kept[0]


def list_things(street_code: str) -> dict[str, int]:
    """Set by the street itself, so that it may amend it too."""
    street = Account.objects.get(username="ciqikou")
    who = as_actor(street), person_of(scope_of(street))
    bearer = actions.put_bearer(*who, actions.NewBearer(unit_code=street_code, post="走查"))
    since = clock.today().replace(month=1, day=1)
    duty = actions.NewDuty(text="走查", basis="走查", valid_from=since)
    unit = next(one for one in organisations() if one.code == street_code)
    new = actions.NewWork(
        year=since.year, number="1", what="走查", measure="走查", unit=unit,
        due_on=date(since.year, 12, 31),
    )  # fmt: skip
    work, _came = actions.put_work(*who, bearer, new)
    actions.take_step(*who, work, "begin")
    sink = io.BytesIO()
    Image.new("RGB", (7, 8)).save(sink, "PNG")
    return {
        "bearer_id": bearer, "duty_id": actions.add_duty(*who, bearer, duty), "work_id": work,
        "work_photo_id": actions.add_photo(*who, work, sink.getvalue()),
        "capacity_id": _capacity(street_code),
        **_scorecard(street_code),
        "commendation_id": _commendation(street_code),
        "commend_file_id": keep_file(who[0], "commend", "表.csv", b"x", lambda raw: Look()),
        "works_file_id": keep_file(who[0], "year-works", "表.csv", b"x", lambda raw: Look()),
    }  # fmt: skip
