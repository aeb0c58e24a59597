"""An enterprise's file is corrected: what is open goes to who sees it now, what is closed stays."""

from datetime import date

import pytest
from tests.operations.safety.conftest import CODE, photograph
from tests.operations.safety.test_enterprise_files import code_of, row, send, workbook_of
from tests.operations.safety.test_loop import found, take

from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import Account, Organisation
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Find, correct_enterprise
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.queries.persons import rectifiers
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
__all__ = ["found"]
MOVED = {"area_code": "500106002", "name": "鑫源五金制品厂"}


def test_an_open_danger_goes_with_its_enterprise_to_the_street_that_sees_it_now(
    people, works, found
):
    street, other = people["street"], people["other_street"]
    closed = actions.find_danger(people["industry"].actor, people["industry"].person, Find(
        key="k2", title="灯坏", area_code="", sector="", source=Source.INSPECTION,
        enterprise_id=works,
    ))  # fmt: skip
    Danger.objects.filter(pk=closed).update(state="CLOSED", closed_at=clock.now(),
                                            closed_on=clock.today())  # fmt: skip
    correct_enterprise(people["officer"].actor, works, MOVED)
    relay_events()
    answers = [one.browser.get(f"/dangers/{pk}").status_code
               for one in (street, other) for pk in (found, closed)]  # fmt: skip
    assert answers == [404, 200, 200, 404]
    one = Danger.objects.get(pk=found)
    assert (one.unit, one.steps.latest("id").said["before"]["area_code"]) == (
        "鑫源五金制品厂", "500106004001",
    )  # fmt: skip
    assert "磁器口街道" in other.browser.get(f"/dangers/{found}").content.decode()
    assert Enterprise.objects.get(pk=works).local_regulator == "500106002"
    assert Danger.objects.get(pk=closed).unit == "鑫源五金厂"
    relay_events()
    assert one.steps.count() == Danger.objects.get(pk=found).steps.count()


def test_a_danger_that_waits_for_re_check_waits_for_the_street_that_may_accept_it_now(
    people, works
):
    street, other, firm = people["street"], people["other_street"], people["manager"]
    correct_enterprise(people["officer"].actor, works, {"sector_regulator": ""})
    pk = actions.find_danger(street.actor, street.person, Find(
        key="k3", title="灯坏", area_code="", sector="", source=Source.INSPECTION,
        enterprise_id=works,
    ))  # fmt: skip
    take(street, actions.grade_danger, pk, grade=Grade.GENERAL)
    given = actions.Assignment(
        rectifier=firm.account.pk, rectifier_name="唐勇", supervisor=street.account.pk,
        supervisor_name="街道", due_on=date(2026, 3, 9),
    )  # fmt: skip
    actions.assign_danger(street.actor, street.person, pk, given)
    take(firm, actions.begin_rectification, pk)
    photograph(firm, pk, "after")
    take(firm, actions.submit_rectification, pk, report="好")

    def holders():
        return [f"danger:{pk}" in [item.key for item in desk(one.scope)] for one in (street, other)]

    assert holders() == [True, False]
    correct_enterprise(people["officer"].actor, works, MOVED)
    relay_events()
    assert holders() == [False, True]
    take(other, actions.accept_danger, pk, finding="合格")


def test_a_corrected_sector_hands_an_open_danger_to_its_regulator_but_not_a_transferred_one(
    people, works, found
):
    unit, fire = people["industry"], people["fire"]
    moved = actions.find_danger(unit.actor, unit.person, Find(
        key="k2", title="通道堵", area_code="", sector="", source=Source.INSPECTION,
        enterprise_id=works,
    ))  # fmt: skip
    take(unit, actions.transfer_danger, moved, to="fire", sector="fire", reason="移")
    take(fire, actions.take_over_danger, moved)
    said = {"sector": "commerce", "sector_regulator": "bureau"}
    correct_enterprise(people["officer"].actor, works, said)
    relay_events()
    rows = Danger.objects.filter(pk__in=(found, moved)).order_by("pk")
    assert [(one.sector, one.regulator) for one in rows] == [
        ("commerce", "bureau"), ("fire", "fire"),
    ]  # fmt: skip
    assert f"danger:{found}" not in [one.key for one in desk(unit.scope)]
    take(people["officer"], actions.grade_danger, found, grade=Grade.GENERAL)
    given = actions.Assignment(
        rectifier=people["manager"].account.pk, rectifier_name="唐勇", supervisor=None,
        supervisor_name="", due_on=date(2026, 3, 9),
    )  # fmt: skip
    actions.assign_danger(people["officer"].actor, people["officer"].person, found, given)


def test_whoever_is_the_five_hundred_and_first_of_the_grid_may_be_told_to_rectify(people):
    Account.objects.bulk_create(
        Account(username=f"g{n}", role="grid_worker", area_code="500106002") for n in range(600)
    )
    last = Account.objects.create(
        username="last", display_name="末", role="grid_worker", area_code="500106004001"
    )
    find = Find(key="x", title="漏电", area_code="500106004001", sector="commerce", unit="便民店",
                source=Source.PATROL)  # fmt: skip
    pk = actions.find_danger(people["grid"].actor, people["grid"].person, find)
    named = rectifiers(pk)
    assert last.pk in named
    assert people["street"].account.pk in named
    assert not {one for one in named.values() if one.startswith("g")} - {"grid"}


@pytest.mark.parametrize(("chosen", "kept"), [("", "500106002"), ("bureau", "bureau")])
def test_the_form_that_says_another_street_moves_the_local_regulator_with_it(
    people, works, found, chosen, kept
):
    """The form sends all three regulators as they stand; only another choice of a person counts."""
    other, at = people["other_street"], f"/enterprises/{works}/correct"
    form = people["officer"].browser.get(at).content.decode()
    assert 'value="500106004" selected' in form
    said = {
        "name": "鑫源五金厂", "credit_code": CODE, "area_code": "500106002", "address": "某路 1 号",
        "sector": "industry", "state": "open", "sector_regulator": "industry",
        "general_regulator": "bureau", "local_regulator": chosen or "500106004", "seen": "0",
        "reason": "搬迁",
    }  # fmt: skip
    assert people["officer"].browser.post(at, said).status_code == 303
    relay_events()
    one = Enterprise.objects.get(pk=works)
    assert (one.area_code, one.local_regulator) == ("500106002", kept)
    assert one.versions.get().before["local_regulator"] == "500106004"
    assert other.browser.get(f"/enterprises/{works}").status_code == 200


@pytest.fixture
def sectors(people):
    """Both departments of the district say which sector is theirs."""
    for code in ("industry", "fire"):
        Organisation.objects.filter(code=code).update(sector=code)


def put(one, **changed):
    body = {"credit_code": CODE, "name": "鑫源五金厂", "area_code": "500106004001",
            "address": "井口工业园 A3", "sector": "fire"} | changed  # fmt: skip
    said = one.browser.put("/api/v1/enterprises/old/7", body, content_type="application/json")
    assert said.status_code == 200


def test_another_sector_from_another_system_takes_the_departments_regulator_with_it(
    people, sectors, works, found
):
    put(people["officer"])
    relay_events()
    one = Danger.objects.get(pk=found)
    assert (one.sector, one.regulator) == ("fire", "fire")
    assert Enterprise.objects.get(pk=works).sector_regulator == "fire"
    assert f"danger:{found}" in [item.key for item in desk(people["fire"].scope)]
    put(people["officer"], sector="tourism")  # no department has it: a blind spot
    assert Enterprise.objects.get(pk=works).sector_regulator == ""


def test_another_sector_out_of_a_file_or_typed_does_too_but_never_a_unit_that_was_named(
    people, sectors, works
):
    officer = people["officer"]
    line = row(1, 统一社会信用代码=CODE, 企业名称="鑫源五金厂", 行业="消防")
    address = send(officer, workbook_of([line])).headers["Location"]
    officer.browser.post(f"{address}/take")
    assert Enterprise.objects.get(pk=works).sector_regulator == "fire"
    correct_enterprise(officer.actor, works, {"sector_regulator": "bureau"})
    correct_enterprise(officer.actor, works, {"sector": "industry"})
    assert Enterprise.objects.get(pk=works).sector_regulator == "bureau"


def test_an_enterprise_that_another_sectors_department_regulates_is_a_blind_spot(
    people, sectors, works
):
    officer = people["officer"]
    assert "鑫源五金厂" not in officer.browser.get("/enterprises?view=unowned").content.decode()
    correct_enterprise(officer.actor, works, {"sector": "fire", "sector_regulator": "bureau"})
    assert "鑫源五金厂" not in officer.browser.get("/enterprises?view=unowned").content.decode()
    Enterprise.objects.filter(pk=works).update(sector_regulator="industry")
    assert "鑫源五金厂" in officer.browser.get("/enterprises?view=unowned").content.decode()
    Enterprise.objects.filter(pk=works).update(sector="tourism")  # nobody's own: it may be theirs
    assert "鑫源五金厂" not in officer.browser.get("/enterprises?view=unowned").content.decode()


def send_back(one, danger_id, by):
    if by == "page":
        at, sent = f"/dangers/{danger_id}/step", {"verb": "send back", "reason": "不属消防"}
        return one.browser.post(at, sent).status_code == 303
    at = f"/api/v1/dangers/{danger_id}/steps"
    sent = {"verb": "send back", "given": {"reason": "不属消防"}}
    return one.browser.post(at, sent, content_type="application/json").status_code == 200


@pytest.fixture
def streets(people):
    """A danger of an enterprise that its street alone regulates; its id and the enterprise's."""
    street = people["street"]
    firm = actions.register_enterprise(street.actor, {
        "name": "巷口面馆", "credit_code": code_of(3), "area_code": "500106004001",
        "address": "某路 3 号", "sector": "commerce", "state": "open",
    })  # fmt: skip
    find = Find(key="s1", title="气瓶无阀", area_code="", sector="", source=Source.INSPECTION,
                enterprise_id=firm)  # fmt: skip
    return actions.find_danger(street.actor, street.person, find), firm


@pytest.mark.parametrize("by", ["page", "api"])
def test_a_danger_that_comes_back_after_its_enterprise_moved_is_the_new_streets(
    people, streets, by
):
    (danger, firm), other, fire = streets, people["other_street"], people["fire"]
    take(people["street"], actions.transfer_danger, danger, to="fire", sector="fire", reason="移")
    correct_enterprise(people["officer"].actor, firm, {"area_code": "500106002"})
    relay_events()
    assert send_back(fire, danger, by)
    one = Danger.objects.get(pk=danger)
    assert (one.regulator, one.sector, one.state) == ("500106002", "commerce", "FOUND")
    assert f"danger:{danger}" in [item.key for item in desk(other.scope)]
    assert people["street"].browser.get(f"/dangers/{danger}").status_code == 404
    take(other, actions.grade_danger, danger, grade=Grade.GENERAL)


def test_a_danger_comes_back_to_a_unit_that_took_it_over_though_the_enterprise_moved(
    people, streets
):
    """The fire brigade has it by a transfer: sent back to it, it is the fire brigade's as before;
    what stays as it was goes back to where it came from."""
    (danger, firm), fire, officer = streets, people["fire"], people["officer"]
    take(people["street"], actions.transfer_danger, danger, to="fire", sector="fire", reason="移")
    take(fire, actions.take_over_danger, danger)
    take(fire, actions.transfer_danger, danger, to="industry", sector="industry", reason="移")
    correct_enterprise(officer.actor, firm, {"area_code": "500106002"})
    relay_events()
    take(people["industry"], actions.send_back_danger, danger, reason="不属工贸")
    correct_enterprise(officer.actor, firm, {"name": "巷口饭馆"})
    relay_events()
    one = Danger.objects.get(pk=danger)
    assert (one.regulator, one.sector, one.area_code) == ("fire", "fire", "500106002")
