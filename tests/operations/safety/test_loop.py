"""The loop of a hidden danger against the rule book's table (`domain.md` 3.1), role by role."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.operations.safety.conftest import PEOPLE, One, photograph, picture

from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import PLATFORM, close_account
from anlan.operations.safety import actions
from anlan.operations.safety.actions import Assignment, Find, Listing
from anlan.operations.safety.models import Danger, DangerStep
from anlan.operations.safety.queries.dangers import danger_file
from anlan.operations.safety.queries.state import facts
from anlan.operations.safety.rules.loop import FIVE, Person, check, verbs
from anlan.operations.safety.rules.loop import Danger as Facts
from anlan.operations.safety.rules.states import DANGER, Grade, Source, State
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = date(2026, 3, 2)
# Who may take a step of a danger that an authority found in a claimed enterprise of the industry
# sector, regulated by the industry department. Written from the rule book, not from the code.
WHO = {
    "grade": "officer industry",
    "raise to major": "officer industry",
    "lower to general": "leader industry_leader",
    "assign": "officer industry",
    "plan": "manager",
    "begin": "manager",
    "submit": "manager",
    "report to regulator": "manager",
    "report to congress": "manager",
    "return": "officer industry",
    "accept": "officer industry",
    "countersign": "leader industry_leader",
    "close": "officer industry",
    "ask for more time": "manager",
    "give more time": "leader industry_leader",
    "refuse more time": "leader industry_leader",
    "transfer": "officer industry",
    "hand to enforcement": "officer industry",
    "take back from enforcement": "officer industry",
    "suspend production": "officer industry",
    "ask to resume": "manager",
    "resume production": "officer industry",
    "keep suspended": "officer industry",
    "grade own find": "", "assign own find": "", "close own find": "",
    "look again": "street officer",  # drawn out of what somebody closed alone
    "take over": "fire", "send back": "fire officer",  # a danger transferred to the fire brigade
}  # fmt: skip
REPORT = actions.Report(on=DAY, situation="积尘", severity="较重", plan="清扫并装除尘")
READY = Facts(
    state=State.FOUND, grade=Grade.MAJOR, source=Source.INSPECTION, enterprise_id=1, rectifier=90,
    both_named=True, worked=frozenset({90}), accepted_by=91, countersigned=True,
    five=frozenset(FIVE), reported=True, report_photos=1, before_photos=1, after_photos=1,
    due_on=DAY, resume_asked=True, regulator="industry", drawn=True, street="500106004",
)  # fmt: skip


def persons(people):
    """Everybody as the rules see them; the manager works for enterprise 1."""
    found = {name: one.person for name, one in people.items()}
    found["manager"] = replace(found["manager"], enterprises=frozenset({1}))
    return found


def allowed(verb, facts, person):
    try:
        check(verb, facts, person, DAY)
    except Refused:
        return False
    return True


def test_every_step_is_taken_by_whom_the_rule_book_names_and_by_nobody_else(people):
    everybody = persons(people)
    for step, source in ((one, source) for one in DANGER.steps for source in one.sources):
        ready = replace(READY, state=source)
        if step.verb == "raise to major":
            ready = replace(ready, grade=Grade.GENERAL)
        if State.TRANSFERRED in step.sources:
            ready = replace(ready, regulator="fire")
        able = {name for name, one in everybody.items() if allowed(step.verb, ready, one)}
        assert able == set(WHO[step.verb].split()), (step.verb, source)


@pytest.mark.parametrize("unit", ["industry", "fire", "500106004", "bureau"])
@pytest.mark.parametrize("role", ["enforcement_officer", "bureau_leader"])
def test_who_enforces_for_another_unit_acts_on_what_is_that_units_alone(
    people, monkeypatch, role, unit
):
    """Each step that a unit takes, of a danger of the industry department."""
    monkeypatch.setitem(PEOPLE, "inspector", (role, unit, "500106", ""))
    inspector = One("inspector").person
    for step in DANGER.steps:
        if step.right not in inspector.rights or step.verb in ("take over", "look again"):
            continue
        ready = replace(READY, state=step.sources[0])
        if step.verb == "raise to major":
            ready = replace(ready, grade=Grade.GENERAL)
        if step.verb == "send back" and unit != "bureau":
            continue  # of the unit that it was transferred to
        assert allowed(step.verb, ready, inspector) == (unit in ("industry", "bureau")), step.verb


# From where a danger that got worse is stopped, raised or handed over: at any time of the work,
# while more time is asked for too; what is stopped already can be raised and handed over.
WORSE = {"GRADED", "ASSIGNED", "RECTIFYING", "SUBMITTED", "RETURNED", "EXTENSION_PENDING"}


@pytest.mark.parametrize(
    ("verb", "where"),
    [("suspend production", WORSE), ("raise to major", WORSE | {"SUSPENDED_PRODUCTION"}),
     ("hand to enforcement", WORSE | {"SUSPENDED_PRODUCTION"})],
)  # fmt: skip
def test_a_danger_that_got_worse_is_acted_on_wherever_it_is_at_work(people, verb, where):
    unit = persons(people)["industry"]
    ready = replace(READY, grade=Grade.GENERAL)
    able = {state for state in State if allowed(verb, replace(ready, state=state), unit)}
    assert able == where


def test_a_stopped_danger_that_is_raised_and_handed_over_is_stopped_when_it_comes_back(
    people, found
):
    unit, firm = people["industry"], people["manager"]
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    take(firm, actions.begin_rectification, found)
    take(firm, actions.ask_for_more_time, found, until=date(2026, 4, 1), controls="控", reason="因")
    take(unit, actions.suspend_production, found, reason="爆燃风险")
    take(unit, actions.raise_to_major, found, clause="工贸 第4条")
    danger = Danger.objects.get(pk=found)
    assert (danger.state, danger.grade) == (State.SUSPENDED_PRODUCTION, Grade.MAJOR)
    take(firm, actions.ask_to_resume, found, reason="已清")
    with pytest.raises(Refused, match="five provisions"):
        take(unit, actions.resume_production, found, finding="合格")
    for by_case in (False, True):
        take(unit, actions.hand_to_enforcement, found, reason="拒不整改")
        assert Danger.objects.get(pk=found).state == State.TO_ENFORCEMENT
        if by_case:
            actions.tell_of_case(found, actions.CaseNews(
                case_id=1, number="1", state="Archived", ended=True))  # fmt: skip
        else:
            take(unit, actions.take_back_from_enforcement, found, reason="另行处理")
        assert Danger.objects.get(pk=found).state == State.SUSPENDED_PRODUCTION


def test_a_stopped_danger_that_was_raised_without_need_is_lowered_and_stays_stopped(people, found):
    unit, leader = people["industry"], people["industry_leader"]
    take(unit, actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    take(unit, actions.suspend_production, found, reason="爆燃风险")
    take(unit, actions.raise_to_major, found, clause="工贸 第4条")
    with pytest.raises(Refused):
        take(unit, actions.lower_to_general, found, reason="判定有误")
    take(leader, actions.lower_to_general, found, reason="判定有误")
    danger = Danger.objects.get(pk=found)
    assert (danger.state, danger.grade) == (State.SUSPENDED_PRODUCTION, Grade.GENERAL)


def test_no_step_starts_from_a_state_that_the_table_does_not_name(people):
    everybody = persons(people)
    for state in State:
        for step in DANGER.steps:
            if step.verb in DANGER.verbs(state):
                continue
            ready = replace(READY, state=state)
            assert not any(allowed(step.verb, ready, one) for one in everybody.values())


@pytest.mark.parametrize(
    ("verb", "state", "changed"),
    [
        ("begin", State.ASSIGNED, {"five": frozenset(FIVE[:4])}),
        ("begin", State.ASSIGNED, {"both_named": False}),
        ("submit", State.RECTIFYING, {"after_photos": 0}),
        ("submit", State.RECTIFYING, {"reported": False}),
        ("resume production", State.SUSPENDED_PRODUCTION, {"reported": False}),
        ("report to congress", State.ASSIGNED, {"report_photos": 0}),
        ("report to congress", State.ASSIGNED, {"grade": Grade.GENERAL}),
        ("ask for more time", State.RECTIFYING, {"extended": True}),
        ("ask for more time", State.RECTIFYING, {"due_on": DAY - timedelta(1)}),
        ("accept", State.SUBMITTED, {"worked": frozenset({5, 90})}),
        ("ask for more time", State.RETURNED, {"five": frozenset(FIVE[:4])}),
        ("give more time", State.EXTENSION_PENDING, {"five": frozenset()}),
        ("give more time", State.EXTENSION_PENDING, {"asked_until": DAY - timedelta(1)}),
        ("refuse more time", State.EXTENSION_PENDING, {"five": frozenset()}),
        ("lower to general", State.RECTIFYING, {"listed": True}),
        ("countersign", State.ACCEPTED, {"accepted_by": 5}),
        ("close", State.ACCEPTED, {"countersigned": False}),
        ("close", State.ACCEPTED, {"listed": True}),
        ("resume production", State.SUSPENDED_PRODUCTION, {"resume_asked": False}),
    ],
)
def test_what_a_rule_forbids_is_refused_to_everybody(verb, state, changed):
    rights = frozenset({"safety.regulate", "safety.rectify", "safety.countersign"})
    one = Person(id=5, rights=rights, enterprises=frozenset({1}), bureau=True)
    ready = replace(READY, state=state)
    assert allowed(verb, ready, one)
    assert not allowed(verb, replace(ready, **changed), one)


def test_an_own_find_is_graded_assigned_and_closed_inside_the_enterprise_unless_major(people):
    manager = persons(people)["manager"]
    own = replace(READY, source=Source.SELF_CHECK, grade=Grade.GENERAL, regulator="industry")
    assert allowed("grade own find", own, manager)
    assert allowed("assign own find", replace(own, state=State.GRADED), manager)
    submitted = replace(own, state=State.SUBMITTED)
    assert allowed("close own find", submitted, manager)
    for changed in ({"worked": frozenset({manager.id})}, {"rectifier": manager.id}):
        assert not allowed("close own find", replace(submitted, **changed), manager)
        alone = replace(submitted, alone=True, **changed)
        assert allowed("close own find", alone, manager)  # nobody else is there who could
    major = replace(own, grade=Grade.MAJOR, state=State.SUBMITTED)
    assert not allowed("close own find", major, manager)
    done = replace(own, state=State.SUBMITTED)
    assert not allowed("close own find", replace(done, before_photos=0), manager)
    assert not allowed("close own find", replace(done, listed=True), manager)


@pytest.fixture
def found(people, works):
    find = Find(key="k1", title="抛光间粉尘积厚超 1 mm", area_code="500106004", sector="industry",
                source=Source.INSPECTION, enterprise_id=works)  # fmt: skip
    return actions.find_danger(people["industry"].actor, people["industry"].person, find)


def take(one, action, danger_id, **said):
    return action(one.actor, one.person, danger_id, **said)


def assign(people, danger_id, due_on=date(2026, 3, 20)):
    one = people["industry"]
    given = Assignment(
        rectifier=people["manager"].account.pk, rectifier_name="唐勇",
        supervisor=one.account.pk, supervisor_name="李科", due_on=due_on,
    )  # fmt: skip
    actions.assign_danger(one.actor, one.person, danger_id, given)


def test_a_major_danger_goes_from_found_to_closed_and_every_step_is_on_record(people, found):
    firm, unit, head = people["manager"], people["industry"], people["industry_leader"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    with pytest.raises(Refused, match="five provisions"):
        take(firm, actions.begin_rectification, found)
    take(firm, actions.plan_rectification, found, five=dict.fromkeys(FIVE, "已落实"))
    take(firm, actions.begin_rectification, found)
    with pytest.raises(Refused, match="photo"):
        take(firm, actions.submit_rectification, found, report="已清扫")
    photograph(firm, found, "after")
    with pytest.raises(Refused, match="workers' congress"):
        take(firm, actions.submit_rectification, found, report="已清扫")
    take(firm, actions.report_to_regulator, found, report=REPORT)
    with pytest.raises(Refused, match="minutes"):
        take(firm, actions.report_to_congress, found, report=REPORT)
    with pytest.raises(Refused, match="before the danger was found"):
        take(firm, actions.report_to_regulator, found, report=replace(REPORT, on=date(2026, 3, 1)))
    photograph(firm, found, "report")
    with pytest.raises(Refused, match="before the danger was found"):
        take(firm, actions.report_to_congress, found, report=replace(REPORT, on=date(2020, 1, 1)))
    with pytest.raises(Refused, match="not come yet"):
        take(firm, actions.report_to_congress, found, report=replace(REPORT, on=date(2026, 3, 3)))
    take(firm, actions.report_to_congress, found, report=REPORT)
    take(firm, actions.submit_rectification, found, report="已清扫")
    take(unit, actions.return_danger, found, reason="除尘管未清")
    take(firm, actions.begin_rectification, found)
    with pytest.raises(Refused, match="photo of how it is now"):  # the old one was returned with it
        take(firm, actions.submit_rectification, found, report="管道已清")
    clock.current().move_to(clock.now() + timedelta(minutes=5))
    actions.add_photo(firm.actor, found, "after", picture("yellow"))
    take(firm, actions.submit_rectification, found, report="管道已清")
    take(unit, actions.accept_danger, found, finding="现场复查合格")
    with pytest.raises(Refused, match="countersignature"):
        take(unit, actions.close_danger, found)
    take(head, actions.countersign_danger, found)
    take(unit, actions.close_danger, found)
    danger = Danger.objects.get(pk=found)
    assert (danger.state, danger.returned) == (State.CLOSED, 1)
    verbs = list(danger.steps.order_by("id").values_list("verb", flat=True))
    assert verbs == ["find", "grade", "assign", "plan", "begin", "report to regulator",
                     "report to congress", "submit", "return", "begin",
                     "submit", "accept", "countersign", "close"]  # fmt: skip
    assert not any(item.key == f"danger:{found}" for item in desk(unit.scope))


def test_it_waits_on_the_desk_of_whoever_is_next(people, found):
    def waits():
        return {n for n, one in people.items() for i in desk(one.scope) if i.kind == "danger"}

    assert waits() == {"industry"}  # the bureau hears of it when it is late
    take(people["industry"], actions.grade_danger, found, grade=Grade.GENERAL)
    assign(people, found)
    assert waits() == {"manager"}


@pytest.mark.parametrize("returned", [False, True])
def test_what_no_enterprise_has_is_given_to_another_when_who_rectifies_it_left(people, returned):
    """At work already: it stays as far as it is."""
    unit, grid = people["street"], people["grid"]
    find = Find(key="k9", title="窨井盖缺失", area_code="500106004", sector="",
                source=Source.INSPECTION, unit="路边摊")  # fmt: skip
    pk = actions.find_danger(unit.actor, unit.person, find)
    Danger.objects.update(regulator="500106004")
    take(unit, actions.grade_danger, pk, grade=Grade.GENERAL)

    def give(account, name):
        actions.assign_danger(unit.actor, unit.person, pk, Assignment(
            rectifier=account.pk, rectifier_name=name, supervisor=None, supervisor_name="",
            due_on=date(2026, 3, 20)))  # fmt: skip

    give(grid.account, "grid")
    take(grid, actions.begin_rectification, pk)
    if returned:
        Danger.objects.update(state=State.RETURNED)
    state = Danger.objects.get().state
    close_account(PLATFORM, grid.account.pk)
    page = unit.browser.get(f"/dangers/{pk}").content.decode()
    assert 'value="assign"' in page
    file = danger_file(pk, unit.scope, unit.person)
    assert file.next_step == "", "offered, not the main button"
    assert "plan" not in file.verbs, "nobody may go on with it"
    give(unit.account, "street")
    one = Danger.objects.get()
    assert (one.state, one.rectifier_id) == (state, unit.account.pk)
    assert "plan" in verbs(facts(one), unit.person, DAY)


def test_a_major_danger_at_work_is_not_given_to_anybody_without_a_supervisor(people, found):
    unit, firm = people["industry"], people["manager"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    assign(people, found)
    take(firm, actions.plan_rectification, found, five=dict.fromkeys(FIVE, "已落实"))
    take(firm, actions.begin_rectification, found)
    given = Assignment(rectifier=firm.account.pk, rectifier_name="唐勇", supervisor=None,
                       supervisor_name=" ", due_on=date(2026, 3, 20))  # fmt: skip
    with pytest.raises(Refused, match="both responsible persons"):
        actions.assign_danger(unit.actor, unit.person, found, given)


def test_the_same_find_sent_twice_is_one_danger(people, works):
    firm = people["manager"]
    find = Find(key="phone-7", title="灭火器压力不足", area_code="", sector="",
                source=Source.SELF_CHECK, enterprise_id=works)  # fmt: skip
    first = actions.find_danger(firm.actor, firm.person, find)
    assert actions.find_danger(firm.actor, firm.person, find) == first
    assert Danger.objects.get(pk=first).number == "2026-000001"


def test_a_transferred_danger_is_taken_over_by_its_receiver_or_comes_back(people, found):
    fire = people["fire"]
    take(people["industry"], actions.transfer_danger, found, to="fire", sector="fire",
         reason="消防通道")  # fmt: skip
    with pytest.raises(Refused, match="transferred to"):
        take(people["industry"], actions.take_over_danger, found)
    take(fire, actions.send_back_danger, found, reason="不属消防")
    danger = Danger.objects.get(pk=found)
    assert (danger.regulator, danger.sector, danger.state) == ("industry", "industry", State.FOUND)
    take(
        people["industry"], actions.transfer_danger, found, to="fire", sector="fire", reason="再移"
    )
    take(fire, actions.take_over_danger, found)
    take(fire, actions.grade_danger, found, grade=Grade.GENERAL)


def test_listed_supervision_is_ended_by_its_issuer_alone_and_holds_the_closing(people, found):
    officer, unit = people["officer"], people["industry"]
    take(unit, actions.grade_danger, found, grade=Grade.MAJOR, clause="工贸 第4条")
    listing = Listing(issuer_name="区安委办", supervisor="何岚", due_on=date(2026, 4, 1),
                      notice="挂牌督办公告", title="粉尘积厚", unit="鑫源五金厂")  # fmt: skip
    assert actions.list_danger(officer.actor, officer.person, found, listing) == "2026-001"
    with pytest.raises(Refused, match="role"):
        take(unit, actions.delist_danger, found, finding="合格")
    with pytest.raises(Refused, match="after the re-check"):
        take(officer, actions.delist_danger, found, finding="合格")


WALKERS = ("manager", "industry", "industry_leader", "officer", "leader")
WALK = {
    "grade": (actions.grade_danger, ("grade", "clause")),
    "grade own find": (actions.grade_danger, ("grade", "clause")),
    "plan": (actions.plan_rectification, ("five",)),
    "begin": (actions.begin_rectification, ()),
    "submit": (actions.submit_rectification, ("report",)),
    "report to regulator": (actions.report_to_regulator, ("report",)),
    "report to congress": (actions.report_to_congress, ("report",)),
    "close own find": (actions.close_own_find, ()),
    "accept": (actions.accept_danger, ("finding",)),
    "return": (actions.return_danger, ("reason",)),
    "countersign": (actions.countersign_danger, ()),
    "close": (actions.close_danger, ()),
    "raise to major": (actions.raise_to_major, ("clause",)),
    "lower to general": (actions.lower_to_general, ("reason",)),
    "suspend production": (actions.suspend_production, ("reason",)),
    "ask to resume": (actions.ask_to_resume, ("reason",)),
    "resume production": (actions.resume_production, ("finding",)),
    "hand to enforcement": (actions.hand_to_enforcement, ("reason",)),
    "take back from enforcement": (actions.take_back_from_enforcement, ("reason",)),
    "ask for more time": (actions.ask_for_more_time, ("until", "controls", "reason")),
    "give more time": (actions.give_more_time, ()),
    "refuse more time": (actions.refuse_more_time, ("reason",)),
}

ONWARD = ("begin", "submit", "accept", "countersign", "close", "close own find")


def test_random_walks_never_reach_what_the_rules_forbid(people, works):
    """Anybody tries anything, mostly what is open to them; the record stays lawful."""
    reached = set()
    for seed in range(14):
        dice = random.Random(seed)
        source = dice.choice([Source.SELF_CHECK, Source.INSPECTION])
        finder = people["manager" if source == Source.SELF_CHECK else "industry"]
        find = Find(key=f"walk{seed}", title="试", area_code="500106004", sector="industry",
                    source=source, enterprise_id=works)  # fmt: skip
        pk = actions.find_danger(finder.actor, finder.person, find)
        for moment in ("before", "after", "report") if seed % 2 else ():
            photograph(people["manager"], pk, moment)
        for _ in range(28):
            _try_something(dice, people, pk)
            danger = Danger.objects.get(pk=pk)
            _lawful(danger)
            reached.add((danger.state, danger.grade))
    assert {(State.CLOSED, "GENERAL"), (State.RECTIFYING, "MAJOR"), (State.ACCEPTED, "MAJOR")
            } <= reached  # fmt: skip
    assert State.EXTENSION_PENDING in {state for state, _grade in reached}
    worse = set(DangerStep.objects.filter(
        before__in=("EXTENSION_PENDING", "SUSPENDED_PRODUCTION"),
        verb__in=("suspend production", "raise to major", "hand to enforcement"),
    ).values_list("verb", "before"))  # fmt: skip
    assert len(worse) > 2, worse


def _try_something(dice, people, pk):
    danger = Danger.objects.get(pk=pk)
    known, one, verb = facts(danger), people[dice.choice(WALKERS)], dice.choice(list(WALK))
    open_to = [(name, v) for name in WALKERS for v in verbs(known, people[name].person, DAY)
               if v in WALK and not (known.reported and v.startswith("report"))]  # fmt: skip
    # Each leader lowers what is major now and then, else it hardly ever comes to an end as such.
    open_to = [one for one in open_to if one[1] != "lower to general" or dice.random() < 0.2]
    open_to += 4 * [one for one in open_to if one[1] == "ask for more time"]  # else hardly ever
    open_to += 3 * [one for one in open_to if one[1] in ONWARD]  # else it seldom comes to an end
    if open_to and dice.random() < 0.85:
        name, verb = dice.choice(open_to)
        one = people[name]
    action, asked = WALK[verb]
    said = {"grade": dice.choice(list(Grade)), "clause": "条", "report": "好", "finding": "好",
            "reason": "因", "until": date(2026, 4, 1), "controls": "控",
            "five": dict.fromkeys(FIVE[: dice.choice([4, 5, 5, 5])], "有")}  # fmt: skip
    try:
        if danger.state == State.GRADED or dice.random() < 0.05:
            assign(people, pk)
        elif dice.random() < 0.15:
            photograph(people["manager"], pk, dice.choice(["before", "after", "report"]))
        else:
            if verb.startswith("report"):
                said["report"] = REPORT
            take(one, action, pk, **{key: said[key] for key in asked})
    except Refused:
        pass


def _lawful(danger):
    if danger.state == State.RECTIFYING and danger.grade == Grade.MAJOR:
        assert all(danger.five.get(key) for key in FIVE)
        assert danger.rectifier_name
        assert danger.supervisor_name
    if danger.state == State.CLOSED and danger.source != Source.SELF_CHECK:
        assert danger.accepted_by_id not in (None, danger.submitted_by_id, danger.rectifier_id)
    if danger.state == State.CLOSED and danger.grade == Grade.MAJOR:
        assert danger.reported_on
        assert danger.congress_on
        assert danger.countersigned_by_id not in (None, danger.accepted_by_id)
    if danger.state != State.FOUND:
        assert danger.grade
    last = danger.steps.order_by("-id").first()
    if last.verb == "take back from enforcement":
        handed = danger.steps.filter(verb="hand to enforcement").latest("id")
        stopped = handed.before == State.SUSPENDED_PRODUCTION
        assert danger.state == (State.SUSPENDED_PRODUCTION if stopped else State.GRADED)
    if last.verb == "raise to major":
        stopped = last.before == State.SUSPENDED_PRODUCTION
        assert danger.state == (State.SUSPENDED_PRODUCTION if stopped else State.GRADED)
