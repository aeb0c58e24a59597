"""Policies: who enters and corrects them, who lacks one, when the end comes on the desk."""

import io
import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from tests.operations.insurance.conftest import CODE, SAID, STATION, YEAR, doer, enter
from tests.operations.safety.conftest import PEOPLE, picture
from tests.reading_back import read_back

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.insurance import actions
from anlan.operations.insurance.actions import Holder, Origin, follow_state
from anlan.operations.insurance.models import Policy, PolicyDocument, PolicyVersion
from anlan.operations.insurance.queries.policies import newest
from anlan.operations.insurance.queries.registers import POLICY_FILE
from anlan.operations.insurance.queries.scope import policies_in, uncovered_in
from anlan.operations.insurance.queries.terms import terms_in_force
from anlan.operations.people.actions import relay_events
from anlan.operations.people.models import OutboxEvent
from anlan.operations.registers.queries import head_of
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
FORM = {"insurer": "乙财险", "number": "B-9", "sum_insured": "3,000,000.50", "people": "12",
        "premium": "", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "note": ""}  # fmt: skip
# Who sees the works of Ciqikou street (industry), and who keeps its policies.
SEES = {"officer", "leader", "industry", "industry_leader", "street", "street_leader", "manager",
        "principal"}  # fmt: skip
KEEPS = {"officer", "industry", "street", "manager", "principal"}


def at(*day):
    clock.use(DrillClock(datetime(*day, 9, tzinfo=CHINA)))


def waiting(one):
    return [item.key for item in desk(one.scope) if item.kind == "insurance.policy"]


def test_every_verb_of_a_policy_by_every_role(people, principal, staff, works):
    everybody = {name: people[name].browser for name in PEOPLE}
    everybody |= {"principal": principal.browser, "staff": staff.browser}
    pk = enter(people["officer"], works)
    for name, browser in everybody.items():
        seen = browser.get(f"/insurance/{pk}").status_code
        assert (seen == 200) is (name in SEES), (name, seen)
        keeps = name in KEEPS
        form = FORM | {"number": f"N-{name}", "enterprise": works}
        answer = browser.post("/insurance/new", form)
        assert (answer.status_code == 303) is keeps, (name, answer.status_code)
        one = Policy.objects.filter(number=f"N-{name}")
        assert one.exists() is keeps
        said = FORM | {"number": f"C-{name}", "reason": "抄错"}
        answer = browser.post(f"/insurance/{pk}/correct", said)
        assert (answer.status_code == 303) is keeps, (name, answer.status_code)
        sent = io.BytesIO(picture())
        sent.name = "p.jpg"
        answer = browser.post(f"/insurance/{pk}/documents", {"document": sent})
        assert (answer.status_code == 303) is keeps, (name, answer.status_code)
        if keeps:
            assert Policy.objects.get(pk=pk).number == f"C-{name}"
            browser.post(f"/insurance/{one.get().pk}/withdraw", {"reason": "录错"})
            assert one.get().withdrawn_at is not None
    assert Policy.objects.get(pk=pk).version == 1 + len(KEEPS)
    assert PolicyDocument.objects.count() == 1  # the same picture is the same one
    kept = PolicyDocument.objects.get().pk
    for name, browser in everybody.items():
        answer = browser.get(f"/insurance/documents/{kept}")
        assert (answer.status_code == 200) is (name in SEES)
        if name in SEES:
            assert answer["Cache-Control"] == "private, max-age=3600"


def test_the_districts_catastrophe_insurance_is_the_bureaus_and_every_authority_sees_it(
    people, works
):
    form = FORM | {"kind": "catastrophe", "insured": "沙坪坝区人民政府"}
    for name in PEOPLE:
        answer = people[name].browser.post("/insurance/new", form)
        assert (answer.status_code == 303) is (name == "officer"), name
    pk = Policy.objects.get().pk
    seen = {name for name in PEOPLE if policies_in(people[name].scope).filter(pk=pk).exists()}
    assert seen == {"officer", "leader", "industry", "industry_leader", "fire", "street",
                    "street_leader", "other_street"}  # fmt: skip
    with pytest.raises(Refused, match="enterprise's"):
        actions.enter_policy(*doer(people["officer"]), Holder(kind="catastrophe",
                             enterprise_id=works), SAID)  # fmt: skip


def test_who_must_be_insured_and_is_not_by_sector_trait_and_trade_within_sight(
    people, works, station
):
    def lacking(name):
        terms = terms_in_force(clock.today())
        rows = uncovered_in(people[name].scope, terms, clock.today())
        return set(rows.values_list("pk", flat=True))

    assert lacking("officer") == {station}
    Enterprise.objects.filter(pk=works).update(traits=["dust", "molten"])
    assert lacking("officer") == {works, station}
    Enterprise.objects.filter(pk=works).update(traits=["dust"], trade="E4710")
    assert lacking("officer") == {works, station}
    assert (lacking("street"), lacking("other_street")) == ({works}, {station})
    assert (lacking("industry"), lacking("fire")) == ({works}, set())
    assert (lacking("manager"), lacking("stranger")) == ({works}, {station})
    assert lacking("grid") == set()  # may not see the room
    enter(people["officer"], works)
    assert lacking("officer") == {station}  # in force from 2025-04-01
    at(2026, 3, 31)
    assert lacking("officer") == {station}  # the last day counts
    at(2026, 4, 1)
    assert lacking("officer") == {works, station}
    row = uncovered_in(people["officer"].scope, terms_in_force(clock.today()), clock.today())
    assert row.get(pk=works).ended_on == date(2026, 3, 31)
    Enterprise.objects.filter(pk=station).update(state="closed")
    assert lacking("officer") == {works}
    page = people["officer"].browser.get("/insurance/uncovered")
    assert "鑫源五金厂" in page.content.decode()
    assert "建筑施工" in page.content.decode()
    book = people["officer"].browser.get("/insurance/uncovered/export?view=")
    lines = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert [line[0] for line in lines[2:]] == ["鑫源五金厂"]


def test_before_the_law_and_without_terms_nobody_is_known_to_have_to_be_insured(people, station):
    assert terms_in_force(date(2021, 8, 31)) is None
    rows = uncovered_in(people["officer"].scope, None, clock.today())
    assert list(rows) == []


def test_the_end_comes_on_the_managers_desk_climbs_and_leaves_it_with_the_policy_that_follows(
    people, station
):
    first = enter(people["other_street"], station)
    relay_events()
    key = f"cover:liability:{station}"
    at(2026, 3, 1)  # one month before: 31 days
    Policy.objects.filter(pk=first).update(ends_on=date(2026, 3, 31))
    run_due_timers()
    relay_events()
    assert waiting(people["stranger"]) == [key]
    item = WorkItem.objects.get(key=key)
    assert item.due_at.astimezone(CHINA).date() == date(2026, 3, 31)
    assert item.chain == ["safety.regulate", "safety.countersign", "safety.supervise"]
    assert waiting(people["other_street"]) == []  # it has an owner
    at(2026, 4, 1)
    run_due_timers()
    relay_events()
    assert waiting(people["stranger"]) == [key]  # it must be insured: it is asked on
    verbs = [one.payload for one in OutboxEvent.objects.filter(name="insurance.policy_moved")]
    assert [verb for verb in ("enter", "nears_its_end", "ran_out")
            if any(f'"{verb}"' in said for said in verbs)] == ["enter", "nears_its_end",
                                                               "ran_out"]  # fmt: skip
    page = people["stranger"].browser
    form = page.get(f"/insurance/{first}/renew").context["entered"].values
    assert (form["starts_on"], form["ends_on"]) == ("2026-04-01", "2027-03-31")
    answer = page.post(f"/insurance/{first}/renew", form | {"number": "A-2"})
    assert answer.status_code == 303
    second = Policy.objects.get(number="A-2")
    assert second.follows_id == first
    assert waiting(people["stranger"]) == []
    assert page.get(f"/insurance/{first}/renew").status_code == 404  # followed already


def test_who_need_not_be_insured_is_told_of_the_end_and_asked_no_more_after_it(people, works):
    enter(people["manager"], works)
    run_due_timers()  # 2 March: the end is 29 days away
    relay_events()
    assert waiting(people["manager"]) == [f"cover:liability:{works}"]
    at(2026, 4, 1)
    run_due_timers()
    relay_events()
    assert waiting(people["manager"]) == []


def test_a_correction_of_the_days_moves_the_reminder_and_a_withdrawal_ends_it(people, works):
    pk = enter(people["officer"], works)
    run_due_timers()
    relay_events()
    assert waiting(people["manager"]) == [f"cover:liability:{works}"]
    said = SAID | {"ends_on": date(2026, 6, 30)}
    actions.correct_policy(*doer(people["officer"]), pk, said, reason="抄错")
    assert waiting(people["manager"]) == []
    at(2026, 6, 1)
    run_due_timers()
    relay_events()
    assert waiting(people["manager"]) == [f"cover:liability:{works}"]
    actions.withdraw_policy(*doer(people["manager"]), pk, reason="退保")
    assert waiting(people["manager"]) == []
    values = [one.values["ends_on"] for one in PolicyVersion.objects.order_by("id")]
    assert values == ["2026-03-31", "2026-06-30", "2026-06-30"]


def test_a_correction_says_why_and_of_what_it_saw(people, works):
    pk = enter(people["officer"], works)
    with pytest.raises(Refused, match="why"):
        actions.correct_policy(*doer(people["officer"]), pk, SAID, reason=" ")
    actions.correct_policy(*doer(people["officer"]), pk, SAID, reason="核对", seen=1)
    with pytest.raises(Refused, match="meanwhile"):
        actions.correct_policy(*doer(people["officer"]), pk, SAID, reason="核对", seen=1)
    for wrong in ({"ends_on": date(2025, 3, 31)}, {"sum_insured": Decimal(0)},
                  {"ends_on": date(2031, 1, 1)}):  # fmt: skip
        with pytest.raises(Refused):
            enter(people["officer"], works, number="A-8", **wrong)
    with pytest.raises(Refused, match="entered already"):
        enter(people["officer"], works)


def test_what_the_insurers_system_brings_in_comes_once_and_the_enterprise_does_not_change_it(
    people, works
):
    address = "/api/v1/insurance/policies/picc/77"
    body = {"credit_code": CODE, "insurer": "甲财险", "number": "A-1", "sum_insured": 5000000,
            "starts_on": "2025-04-01", "ends_on": "2026-03-31"}  # fmt: skip

    def put(name, **more):
        return people[name].browser.put(address, body | more, content_type="application/json")

    assert put("officer").json()["outcome"] == "new"
    assert put("officer").json()["outcome"] == "same"
    assert put("officer", people=50).json()["outcome"] == "changed"
    assert put("officer").json()["outcome"] == "same"  # left out, they stay fifty
    assert put("officer", credit_code="91500106MA5U00001U").status_code == 404
    assert put("other_street").status_code == 404
    assert put("manager").status_code == 409
    assert put("leader").status_code == 403
    one = Policy.objects.get()
    assert (one.people, one.version, one.source_id) == (50, 2, "77")
    sees, blind = people["manager"].browser, people["stranger"].browser
    assert read_back(address, one.pk, sees, blind)["people"] == 50
    with pytest.raises(Refused, match="insurers' system"):
        actions.correct_policy(*doer(people["manager"]), one.pk, SAID, reason="x")
    assert people["manager"].browser.get(f"/insurance/{one.pk}/correct").status_code == 404
    rows = people["manager"].browser.get("/api/v1/insurance/policies").json()
    assert [(row["number"], row["people"], row["withdrawn"]) for row in rows["rows"]] == [
        ("A-1", 50, False)
    ]
    assert people["stranger"].browser.get("/api/v1/insurance/policies").json()["count"] == 0


def test_a_file_is_looked_at_first_and_takes_rows_of_ones_own_sight_only(people, works, station):
    row = {"信用代码": CODE, "保险公司": "甲财险", "保单号": "A-1", "保险金额（元）": "5000000",
           "起保日": "2025-04-01", "到期日": "2026-03-31"}  # fmt: skip
    made, head = Workbook(), head_of(POLICY_FILE)
    made.active.append(head)
    for one in (row, row | {"信用代码": STATION, "保单号": "A-2"}, row | {"到期日": "去年"}):
        assert set(one) <= set(head), head
        made.active.append([one.get(word) for word in head])
    sink = io.BytesIO()
    made.save(sink)

    def send(name):
        sent = io.BytesIO(sink.getvalue())
        sent.name = "p.xlsx"
        return people[name].browser.post("/insurance/import", {"file": sent})

    street = people["street"].browser
    address = send("street").headers["Location"]
    look = street.get(address).context["look"]
    assert (look.new, look.wrong) == (1, 2)
    assert not Policy.objects.exists()
    street.post(f"{address}/take")
    assert [one.number for one in Policy.objects.all()] == ["A-1"]
    look = street.get(send("street").headers["Location"]).context["look"]
    assert (look.new, look.same, look.wrong) == (0, 1, 2)
    look = people["manager"].browser.get(send("manager").headers["Location"]).context["look"]
    assert (look.same, look.wrong) == (1, 2)


def test_of_a_closed_enterprise_no_policy_is_renewed_and_of_one_open_again_it_is(
    people, station, django_assert_num_queries
):
    first = enter(people["other_street"], station)
    at(2026, 3, 1)
    Policy.objects.filter(pk=first).update(ends_on=date(2026, 3, 31))
    relay_events()
    run_due_timers()
    relay_events()
    key = f"cover:liability:{station}"
    for state, asked in (("closed", []), ("open", [key])):
        correct_enterprise(people["other_street"].actor, station, {"state": state})
        relay_events()
        assert [one for one in waiting(people["stranger"]) if one == key] == asked
    Enterprise.objects.filter(pk=station).update(state="closed")  # as an older version left it
    assert actions.let_go_of_closed() == 1
    assert key not in waiting(people["stranger"])
    with django_assert_num_queries(1):
        assert actions.let_go_of_closed() == 0


def test_it_is_asked_also_while_another_waits_whose_id_begins_alike(people, station):
    twin = Enterprise.objects.get(pk=station)
    twin.pk, twin.credit_code = station * 10, "91500106MA5YW0A9XX"
    twin.save()
    for pk in (station, twin.pk):
        first = enter(people["officer"], pk, number=f"A-{pk}")
        Policy.objects.filter(pk=first).update(ends_on=date(2026, 3, 31))
    at(2026, 3, 1)
    keys = [f"cover:liability:{station}", f"cover:liability:{station}0"]
    for state in ("closed", "open"):
        for pk in (station, twin.pk)[:: 1 if state == "closed" else -1]:
            Enterprise.objects.filter(pk=pk).update(state=state)
            follow_state([pk])
    found = WorkItem.objects.filter(done_at=None, key__in=keys).values_list("key", flat=True)
    assert sorted(found) == keys


def test_an_enterprises_page_shows_its_cover_and_who_must_have_it(people, works, station):
    assert "依法应当投保安责险" in (
        people["officer"].browser.get(f"/enterprises/{station}").content.decode()
    )
    enter(people["officer"], station)
    text = people["officer"].browser.get(f"/enterprises/{station}").content.decode()
    assert "至 3月31日" in text
    assert "依法应当投保" not in text
    text = people["grid"].browser.get(f"/enterprises/{works}").content.decode()
    assert "安责险" not in text


def test_a_random_walk_keeps_one_order_of_policies_and_asks_only_for_what_ends(people, station):
    dice, who = random.Random(3), doer(people["officer"])
    key = f"cover:liability:{station}"
    for turn in range(80):
        clock.use(DrillClock(clock.now() + timedelta(days=dice.randint(0, 40))))
        ids = list(Policy.objects.values_list("pk", flat=True))
        begin = clock.today() + timedelta(days=dice.randint(-60, 60))
        days = {"starts_on": begin, "ends_on": begin + timedelta(days=dice.randint(0, 400))}
        try:
            match dice.choice(["enter", "renew", "correct", "withdraw"]):
                case "enter":
                    enter(people["officer"], station, number=f"W-{turn}", **days)
                case "renew":
                    holder = Holder(kind="liability", enterprise_id=station)
                    actions.enter_policy(*who, holder, SAID | days | {"number": f"W-{turn}"},
                                         follows=dice.choice(ids))  # fmt: skip
                case "correct":
                    actions.correct_policy(*who, dice.choice(ids), SAID | days | {
                        "number": f"C-{turn}"}, reason="x")  # fmt: skip
                case "withdraw":
                    actions.withdraw_policy(*who, dice.choice(ids), reason="x")
        except (Refused, IndexError):
            pass
        run_due_timers()
        relay_events()
        last, today = newest(station, "liability").first(), clock.today()
        open_now = WorkItem.objects.filter(key=key, done_at=None).exists()
        near = last is not None and last.ends_on - timedelta(days=30) <= today
        assert open_now is near, (turn, last and last.ends_on, today)
        for one in Policy.objects.exclude(follows=None).select_related("follows"):
            assert one.follows.enterprise_id == one.enterprise_id
        followed = Policy.objects.filter(withdrawn_at=None).exclude(follows=None)
        followed = list(followed.values_list("follows", flat=True))
        assert len(followed) == len(set(followed))
        for one in Policy.objects.all():
            assert one.versions.count() == one.version


def test_a_policy_that_follows_itself_is_found_by_its_days(people, works):
    first = enter(people["officer"], works)
    pk, outcome = actions.put_policy(
        *doer(people["officer"]), works, SAID | YEAR | {"number": "A-2"}, reason="x",
        origin=Origin(source="picc", source_id="2"),
    )  # fmt: skip
    assert (outcome, Policy.objects.get(pk=pk).follows_id) == ("new", first)
