"""Hazardous waste: books that balance and never go below nothing; age, gap, desks, sight."""

import io
import random
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.operations.chemicals.conftest import HANDED, OIL, PLANT, ago, doer, move, oil
from tests.reading_back import read_back

from anlan.backbone.workbooks import workbook
from anlan.operations.chemicals import actions
from anlan.operations.chemicals.actions import MOVEMENT, WASTE, Owner
from anlan.operations.chemicals.models import Movement, RecordVersion, Waste
from anlan.operations.chemicals.rules.waste import Move, balance
from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
KEEPS = {"officer", "industry", "street", "manager", "principal"}
SEES = KEEPS | {"leader", "industry_leader", "street_leader"}


def titles(one):
    return {item.key: item for item in desk(one.scope) if item.kind == "chemicals"}


def tick():
    while run_due_timers() + relay_events():
        pass


def test_books_take_the_oldest_first_and_say_what_stock_taking_found():
    books = balance([
        Move("produced", date(2026, 1, 5), Decimal("2.5")),
        Move("produced", date(2026, 2, 1), Decimal(1)),
        Move("handed", date(2026, 2, 1), Decimal(3)),
        Move("counted", date(2026, 2, 2), Decimal("0.4")),
        Move("disposed", date(2026, 2, 3), Decimal("0.1")),
    ])  # fmt: skip
    assert (books.stock, books.since) == (Decimal("0.4"), date(2026, 2, 1))
    assert (books.gap, books.counted_on) == (Decimal("-0.1"), date(2026, 2, 2))


def test_books_are_refused_where_a_day_is_below_nothing_though_the_end_is_not():
    moves = [
        Move("handed", date(2026, 1, 5), Decimal(1)), Move("produced", date(2026, 1, 6), Decimal(9))
    ]  # fmt: skip
    with pytest.raises(Refused, match="more would leave"):
        balance(moves)


@pytest.mark.parametrize("seed", range(6))
def test_no_walk_leaves_books_below_nothing_or_out_of_balance(people, works, seed):
    dice, who = random.Random(seed), people["manager"]
    waste = oil(who, works)
    for step in range(40):
        kind = dice.choice(["produced", "handed", "disposed", "counted", "correct", "withdraw"])
        some = list(Movement.objects.filter(withdrawn_at=None))
        amount = Decimal(dice.randint(1, 5000)) / 1000
        try:
            if kind == "correct" and some:
                one = dice.choice(some)
                said = MOVEMENT.values(one) | {"amount": amount, "on": ago(dice.randint(0, 60))}
                actions.correct(*doer(who), MOVEMENT, one.pk, said, reason="录错")
            elif kind == "withdraw" and some:
                one = dice.choice(some).pk
                actions.withdraw(*doer(who), MOVEMENT, one, reason="录错")
            elif kind in ("produced", "handed", "disposed", "counted"):
                more = HANDED | {"manifest": f"LD-{step}"} if kind == "handed" else {}
                move(who, works, waste, kind, amount, ago(dice.randint(0, 60)), **more)
        except Refused:
            pass
        found = Waste.objects.get(pk=waste)
        rows = Movement.objects.filter(withdrawn_at=None).values_list("kind", "on", "amount")
        sign = {"produced": 1, "handed": -1, "disposed": -1, "counted": 0}
        assert found.stock == sum(sign[k] * amount for k, _on, amount in rows)
        for day in {on for _k, on, _a in rows}:
            assert sum(sign[k] * a for k, on, a in rows if on <= day) >= 0
        assert (found.since is None) == (found.stock == 0)


def test_only_what_is_handed_over_has_a_manifest_and_it_has_all_of_it(people, works):
    who = people["manager"]
    waste = oil(who, works)
    move(who, works, waste, "produced", 3)
    for kind, more in (
        ("handed", {}), ("handed", HANDED | {"licence": ""}), ("disposed", HANDED),
        ("produced", {"amount": Decimal(0)}), ("produced", {"on": ago(-1)}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            move(who, works, waste, kind, 1, **more)
    move(who, works, waste, "handed", 1, **HANDED)
    with pytest.raises(Refused):
        move(who, works, waste, "handed", 1, **HANDED)
    assert Waste.objects.get().stock == 2


def test_a_correction_is_a_new_version_and_what_it_said_stays(people, works):
    who = people["manager"]
    waste = oil(who, works)
    pk = move(who, works, waste, "produced", 3)
    said = MOVEMENT.values(Movement.objects.get(pk=pk)) | {"amount": Decimal(2)}
    with pytest.raises(Refused):
        actions.correct(*doer(who), MOVEMENT, pk, said, reason=" ")
    actions.correct(*doer(who), MOVEMENT, pk, said, reason="过磅单")
    with pytest.raises(Refused):
        actions.correct(*doer(who), MOVEMENT, pk, said, reason="晚了", seen=1)
    rows = RecordVersion.objects.filter(kind="movement", record=pk).order_by("version")
    assert [(row.version, row.values["amount"], row.reason) for row in rows] == [
        (1, "3", ""), (2, "2", "过磅单"),
    ]  # fmt: skip
    assert Waste.objects.get().stock == 2


def test_who_keeps_and_who_sees(people, works, principal, staff):
    everybody = dict(people.items()) | {"principal": principal, "staff": staff}
    waste = oil(people["manager"], works)
    for name, one in everybody.items():
        answer = one.browser.get(f"/chemicals/wastes/{waste}")
        assert (answer.status_code == 200) is (name in SEES), name
        form = {"credit_code": "", "code": "900-041-49", "name": name, "hazards": "T",
                "enterprise": works}  # fmt: skip
        sent = one.browser.post("/chemicals/wastes/new", form).status_code
        assert (sent == 303) is (name in KEEPS), (name, sent)
    assert set(Waste.objects.values_list("name", flat=True)) == KEEPS | {OIL["name"]}
    assert set(Waste.objects.values_list("enterprise_id", flat=True)) == {works}


def test_stock_that_grows_old_is_on_the_desks_of_the_enterprise_and_its_regulator(people, works):
    who = people["manager"]
    waste = oil(who, works)
    move(who, works, waste, "produced", 2, ago(340))
    pk = move(who, works, waste, "produced", 1, ago(10))
    tick()
    due = clock.end_of(ago(340) + timedelta(days=365))
    key = f"chemicals:waste:{waste}"
    regulator = "industry" if f"{key}:unit" in titles(people["industry"]) else "street"
    assert WorkItem.objects.get(key=key).due_at == due
    assert key in titles(who)
    assert f"{key}:unit" in titles(people[regulator])
    for name in ("other_street", "fire", "stranger"):
        assert titles(people[name]) == {}, name
    move(who, works, waste, "handed", 2, **HANDED)
    assert titles(who) == {}
    assert titles(people[regulator]) == {}
    actions.withdraw(*doer(who), MOVEMENT, pk, reason="录错")
    clock.current().move_to(clock.now() + timedelta(days=400))
    tick()
    assert titles(who) == {}


def test_a_gap_is_on_both_desks_until_the_books_are_right(people, works):
    who = people["manager"]
    waste = oil(who, works)
    pk = move(who, works, waste, "produced", 2, ago(3))
    move(who, works, waste, "counted", "1.5")
    key = f"chemicals:waste:{waste}:gap"
    assert set(titles(who)) == {key}
    assert WorkItem.objects.filter(key=f"{key}:unit", done_at=None).exists()
    said = MOVEMENT.values(Movement.objects.get(pk=pk)) | {"amount": Decimal("1.5")}
    actions.correct(*doer(who), MOVEMENT, pk, said, reason="过磅单")
    assert not WorkItem.objects.filter(key__startswith=key, done_at=None).exists()


def test_a_waste_with_stock_is_not_withdrawn(people, works):
    who = people["manager"]
    waste = oil(who, works)
    pk = move(who, works, waste, "produced", 2)
    with pytest.raises(Refused):
        actions.withdraw(*doer(who), WASTE, waste, reason="不再产生")
    actions.withdraw(*doer(who), MOVEMENT, pk, reason="录错")
    actions.withdraw(*doer(who), WASTE, waste, reason="不再产生")
    with pytest.raises(Refused):
        move(who, works, waste, "produced", 1)


def sheet(*rows):
    return SimpleUploadedFile("表.xlsx", workbook("表", list(rows), range(1, 9)))


def test_a_file_brings_wastes_and_movements_and_says_row_by_row_what_is_wrong(people, works, plant):
    browser = people["other_street"].browser
    head = openpyxl.load_workbook(
        io.BytesIO(browser.get("/chemicals/wastes/import/template").content)
    )
    first = [cell.value for cell in head.active[1]]
    rows = [[PLANT, "900-249-08", "废矿物油", "T,I", "", ""],
            [PLANT, "900-249", "废渣", "T", "", ""],
            ["91500106MA5U00001U", "900-249-08", "废油", "T", "", ""]]  # fmt: skip
    sent = browser.post("/chemicals/wastes/import", {"file": sheet(first, *rows)})
    page = browser.get(sent.url).content.decode()
    assert "900-249-08" in page
    assert not Waste.objects.exists()
    for _twice in range(2):
        browser.post(f"{sent.url}/take")
    assert list(Waste.objects.values_list("enterprise", "code")) == [(plant, "900-249-08")]
    head = ["Credit code", "Waste code", "Waste", "Day", "Movement", "Amount (t)",
            "Manifest number", "Receiver", "Receiver's licence number"]  # fmt: skip
    rows = [
        [PLANT, "900-249-08", "废矿物油", "2026-01-05", "Produced", "1.250"],
        [PLANT, "900-249-08", "废矿物油", "2026-01-06", "Disposed of by itself", "2"],
    ]
    said = {"file": sheet(head, *rows)}
    sent = browser.post("/chemicals/movements/import", said, headers={"Accept-Language": "en"})
    browser.post(f"{sent.url}/take", headers={"Accept-Language": "en"})
    assert [row.amount for row in Movement.objects.all()] == [Decimal("1.250")]
    assert Waste.objects.get().stock == Decimal("1.250")


def test_the_interface_puts_once_however_often_and_tells_the_scope_alone(people, works, plant):
    browser = people["other_street"].browser
    api = "/api/v1/chemicals"
    body = {"credit_code": PLANT, "code": "900-249-08", "name": "废矿物油", "hazards": ["T"]}
    outcomes = []
    for name in ("废矿物油", "废矿物油", "废液压油"):
        sent = browser.put(f"{api}/wastes/erp/w1", body | {"name": name}, "application/json")
        outcomes.append(sent.json()["outcome"])
    assert outcomes == ["new", "same", "changed"]
    placed = body | {"name": "废液压油", "place": "北库"}
    for said in (placed, {key: value for key, value in placed.items() if key != "place"}):
        browser.put(f"{api}/wastes/erp/w1", said, "application/json")
        assert Waste.objects.get().place == "北库"
    moved = {"credit_code": PLANT, "waste_code": "900-249-08", "waste_name": "废液压油",
             "kind": "produced", "on": "2026-01-05", "amount": "1.5"}  # fmt: skip
    assert browser.put(f"{api}/movements/erp/m1", moved, "application/json").status_code == 200
    out = moved | {"kind": "disposed", "amount": "2"}
    assert browser.put(f"{api}/movements/erp/m2", out, "application/json").status_code == 409
    assert browser.get(f"{api}/wastes").json()["rows"][0]["stock"] == "1.500"
    assert people["street"].browser.get(f"{api}/wastes").json()["rows"] == []
    assert people["stranger"].browser.get(f"{api}/movements").json()["count"] == 1
    blind = people["street"].browser
    waste = read_back(f"{api}/wastes/erp/w1", Waste.objects.get().pk, browser, blind)
    assert (waste["name"], waste["place"]) == ("废液压油", "北库")
    movement = read_back(f"{api}/movements/erp/m1", Movement.objects.get().pk, browser, blind)
    assert movement["waste_id"] == waste["id"]
    answer = people["street"].browser.put(f"{api}/wastes/erp/w1", body, "application/json")
    assert answer.status_code == 404


def test_an_owner_is_not_taken_over_by_a_movement_of_another_firms_waste(people, works, plant):
    waste = oil(people["stranger"], plant)
    with pytest.raises(Refused):
        actions.enter(
            *doer(people["manager"]), MOVEMENT, Owner(enterprise_id=works, parent_id=waste),
            {"kind": "produced", "on": clock.today(), "amount": Decimal(1)},
        )  # fmt: skip
    assert Movement.objects.count() == 0
