"""The exercise register: recorded once, within one's territory; who still owes one this year."""

from datetime import date, datetime
from pathlib import Path

import pytest

import anlan.districts
from anlan.operations.exercises.actions import (
    NewExercise,
    add_finding,
    fix_finding,
    load_district_files,
    record_exercise,
)
from anlan.operations.exercises.models import Exercise
from anlan.operations.exercises.queries import exercise, exercises, owners, years
from anlan.operations.people.actions import (
    PLATFORM,
    NewAccount,
    NewOrganisation,
    as_actor,
    load_organisations,
    open_account,
)
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db
FOLDER = Path(anlan.districts.__file__).parent / "shapingba"


@pytest.fixture(autouse=True)
def district(db):
    """A district with two streets of its own, one that another body runs, and a zone."""
    clock.use(DrillClock(datetime(2020, 8, 19, 8, tzinfo=CHINA)))
    named = {"500106": "沙坪坝区", "500106004": "磁器口街道", "500106002": "沙坪坝街道"}
    load_areas(
        PLATFORM,
        [
            *(NewArea(code=c, name=n, kind="district" if len(c) == 6 else "township",
                      geometry=None, lon=106.45, lat=29.57) for c, n in named.items()),
            NewArea(code="500106017", name="西永街道", kind="township", geometry=None, lon=106.3,
                    lat=29.6, admin_by="gaoxin"),
        ],
    )  # fmt: skip
    load_organisations(
        PLATFORM,
        [NewOrganisation("gaoxin", "高新区管委会", "zone", "500106", date(2011, 1, 1))],
    )


@pytest.fixture
def ciqikou():
    new = NewAccount(
        username="ciqikou", password="a long demo password", display_name="磁器口街道",
        role="township", organisation_code="500106004", area_code="500106004",
    )  # fmt: skip
    return as_actor(Account.objects.get(pk=open_account(PLATFORM, new)))


def flood_exercise(**changed):
    values = {
        "name": "洪水转移综合演练", "kind": "comprehensive", "owner_kind": "township",
        "owner_code": "500106004", "owner_name": "磁器口街道", "area_code": "500106004",
        "held_on": date(2020, 6, 5),
    }  # fmt: skip
    return NewExercise(**{**values, **changed})


def test_the_same_exercise_twice_is_one_record(ciqikou):
    first = record_exercise(ciqikou, flood_exercise(findings=("车晚到",)))
    assert record_exercise(ciqikou, flood_exercise(findings=("车晚到",))) == first
    assert [f.text for f in exercise(first).findings] == ["车晚到"]


@pytest.mark.parametrize(
    "changed",
    [{"held_on": date(2020, 8, 20)}, {"score": 101}, {"name": " "}, {"area_code": "500106002"}],
)
def test_what_cannot_be_is_refused(ciqikou, changed):
    with pytest.raises(Refused):
        record_exercise(ciqikou, flood_exercise(**changed))
    assert not Exercise.objects.exists()


def test_each_owner_owes_one_comprehensive_exercise_a_year(ciqikou):
    record_exercise(ciqikou, flood_exercise())
    record_exercise(ciqikou, flood_exercise(name="桌面推演", kind="tabletop"))
    found = {o.code: o.met for o in owners(None, 2020)}
    assert found == {"500106": False, "500106002": False, "500106004": True, "gaoxin": False}
    assert not any(o.met for o in owners(None, 2021))


def test_a_street_sees_itself_only(ciqikou):
    record_exercise(PLATFORM, flood_exercise(owner_code="500106", area_code="500106"))
    own = record_exercise(ciqikou, flood_exercise())
    scope = scope_of(Account.objects.get(pk=ciqikou.id))
    assert [row.id for row in exercises(scope)] == [own]
    assert [o.code for o in owners(scope)] == ["500106004"]
    assert years(scope) == [2020]


def test_a_finding_is_put_right_once(ciqikou):
    row = record_exercise(ciqikou, flood_exercise())
    finding = add_finding(ciqikou, row, "巷道广播听不清")
    assert add_finding(ciqikou, row, "巷道广播听不清") == finding
    assert exercise(row).findings_open == 1
    assert fix_finding(ciqikou, finding, "加装两只喇叭")
    assert not fix_finding(ciqikou, finding, "加装两只喇叭")
    assert exercise(row).findings_open == 0


def test_another_streets_finding_is_not_there(ciqikou):
    foreign = record_exercise(PLATFORM, flood_exercise(area_code="500106002"))
    with pytest.raises(Exercise.DoesNotExist):
        add_finding(ciqikou, foreign, "x")


def test_the_districts_file_loads_and_twice_changes_nothing():
    assert load_district_files(PLATFORM, FOLDER) == load_district_files(PLATFORM, FOLDER)
    rows = exercises()
    assert rows
    assert all(row.schematic for row in rows)
    assert Exercise.objects.count() == len(rows)


def test_the_register_is_read_with_a_fixed_number_of_queries(django_assert_max_num_queries):
    load_district_files(PLATFORM, FOLDER)
    with django_assert_max_num_queries(2):
        exercises()
    with django_assert_max_num_queries(5):
        owners(None, 2020)
