"""After the signature: answers, escalations, updates, lifts, ends; and what comes too late."""

from datetime import timedelta

import pytest

from anlan.operations.alerts import actions
from anlan.operations.alerts.models import Escalation, Publication
from anlan.operations.alerts.queries import (
    alert,
    cap_xml,
    escalations,
    funnel,
    in_force,
    late_people,
    waiting,
)
from anlan.operations.alerts.reactions import drop_the_lift, propose_the_lift
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.deadlines.queries import desk
from anlan.operations.messaging.actions import acknowledge, call_recorded, record_answers
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.messaging.rules import make_token
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.operations.people.queries import scope_by
from anlan.operations.sensing.events import AlarmCleared, AlarmRaised
from anlan.protocols import cap
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
YELLOW, ORANGE, RED = 183.00, 190.00, 194.29


@pytest.fixture
def publish(world, people, settle, until):
    """Draft, review, sign; wait for the municipality where it must answer."""

    def make(crest, number=1, communities=None):
        pk = actions.propose(world.forecast(number, crest, communities))
        actions.draft(people["duty_officer"], pk)
        actions.review(people["section_head"], pk)
        actions.sign(people["district_leader"], pk)
        settle()
        return pk

    return make


def open_items(prefix):
    return WorkItem.objects.filter(key__startswith=prefix, done_at=None).order_by("key")


def open_escalations():
    return [e for e in escalations() if e.closed_at is None]


def cleared(rule="warning", station="ciqikou"):
    return {"alarm_id": 1, "key": "k", "station_code": station, "element": "stage", "rule": rule,
            "value": 182.0, "datum": "wusong", "observed_at": clock.now()}  # fmt: skip


def test_without_a_signer_nothing_leaves_and_the_escalation_shows(world, people, until):
    pk = actions.propose(world.forecast(1, RED))
    until(minutes=9)
    assert open_escalations() == []
    until(minutes=2)
    (up,) = open_escalations()
    assert (up.kind, up.step, up.to) == ("unsigned", 1, "duty leader")
    assert open_items(f"alert:{pk}:step").get().right == "alerts.sign"
    until(minutes=10)
    (up,) = open_escalations()
    assert (up.step, up.to) == (2, "district leader")
    item = open_items(f"alert:{pk}:step").get()
    assert item.right == "alerts.sign_major"
    assert item.due_at < clock.now(), "it shows as late"
    for who in ("section_head", "duty_leader", "district_leader"):
        waits = [row.key for row in desk(scope_by(people[who].id))]
        assert item.key in waits, f"it left the desk of the {who}"
    assert desk(scope_by(people["township"].id)) == []
    until(hours=5)
    assert not Mailing.objects.exists()
    assert not Publication.objects.exists()
    assert Escalation.objects.count() == 1


def test_a_signature_in_time_stops_the_clock(publish, until, people):
    publish(YELLOW)
    until(hours=2)
    assert open_escalations() == []


def test_who_must_answer_is_telephoned_after_ten_minutes_and_passed_up_after_twenty(
    publish, until, people
):
    pk = publish(RED)
    until(minutes=9)
    assert not open_items("alert-answer:").exists()
    until(minutes=2)
    calls = open_items("alert-answer:")
    assert calls.count() == 2
    assert {c.area_code for c in calls} == {"500106004001", "500106004002"}
    assert all(e.to == "by telephone" for e in open_escalations())
    until(minutes=10)
    assert {(e.step, e.to) for e in open_escalations()} == {(2, "磁器口街道")}
    assert {c.area_code for c in open_items("alert-answer:")} == {"500106004"}
    assert len(late_people(pk)) == 2
    assert Escalation.objects.count() == 2, "one open escalation a person"


def test_an_answer_closes_the_call_and_the_escalation(publish, until, settle):
    pk = publish(RED)
    until(minutes=11)
    mailing = alert(pk).mailings["responsible"]
    record_answers(mailing, [("responsible:10", clock.now(), "ok")])
    settle()
    assert open_items("alert-answer:").count() == 1
    assert [e.closed_why for e in escalations() if e.closed_at] == ["answered"]
    until(minutes=10)
    assert open_items("alert-answer:").count() == 1


def test_when_all_have_answered_no_clock_is_left(publish, until, settle):
    pk = publish(RED)
    mailing = alert(pk).mailings["responsible"]
    record_answers(mailing, [(f"responsible:{n}", clock.now(), "ok") for n in (10, 11)])
    settle()
    until(hours=1)
    assert escalations() == []
    assert late_people(pk) == []


def test_reaching_somebody_by_telephone_is_an_answer(publish, until, settle, people):
    pk = publish(RED)
    until(minutes=11)
    first, second = late_people(pk)
    call_recorded(people["duty_officer"], first.delivery_id, "no_answer")
    settle()
    assert {p.delivery_id: p.call for p in late_people(pk)}[first.delivery_id] == "no_answer"
    call_recorded(people["duty_officer"], first.delivery_id, "reached", "已到岗")
    settle()
    assert [p.delivery_id for p in late_people(pk)] == [second.delivery_id]


def test_at_three_and_four_nobody_must_answer(publish, until):
    publish(YELLOW)
    until(hours=1)
    assert escalations() == []


def test_a_call_for_help_comes_on_the_desk_of_the_street(publish, settle, settings, people):
    pk = publish(YELLOW)
    home = Delivery.objects.filter(ref="household:100").get()
    token = make_token(settings.SECRET_KEY.encode(), home.code, home.mailing.expires_at)
    acknowledge(token, "help")
    settle()
    item = open_items(f"alert-help:{pk}:").get()
    assert (item.area_code, item.right) == ("500106004001", "messaging.call")
    assert actions.help_given(people["township"], pk, home.pk) == 1
    assert not open_items("alert-help:").exists()


def test_homes_without_a_telephone_are_visited(publish, people):
    pk = publish(YELLOW)
    items = open_items(f"alert:{pk}:doors")
    assert [(i.area_code, i.parameters["count"]) for i in items] == [
        ("500106004001", 1), ("500106004002", 1),
    ]  # fmt: skip
    assert actions.doors_done(people["grid_worker"], pk, "500106004001") == 1


def test_an_update_replaces_and_goes_to_old_and_new_recipients(publish, drill_clock, world):
    first = publish(YELLOW, communities=["500106004001", "500106004002"])
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    second = publish(183.9, number=2, communities=["500106004002", "500106013008"])
    old, new = alert(first), alert(second)
    assert (old.state, new.state, in_force().id) == ("UPDATED", "PUBLISHED", second)
    assert (new.first_id, new.previous_id) == (first, first)
    told = set(
        Delivery.objects.filter(mailing_id__in=new.mailing_ids).values_list("ref", flat=True)
    )
    everybody = {f"household:{h.id}" for h in world.homes}
    assert everybody <= told, "old, new and those the new area leaves out"
    released = Mailing.objects.get(pk=new.mailings["released"])
    assert "不在预计进水范围内" in released.text
    assert {r for r in told if r in everybody} == everybody
    assert (
        Mailing.objects.get(pk=old.mailings["households"]).replaced_by_id
        == (new.mailings["households"])
    )
    assert funnel(second).targeted > funnel(first).targeted


def test_an_update_refers_to_the_first_message_of_the_episode(publish, drill_clock):
    ids = []
    for n, crest in enumerate((182.7, 183.3, 183.9), start=1):
        ids.append(publish(crest, number=n))
        drill_clock.move_to(clock.now() + timedelta(hours=3))
    made = cap.parse(cap_xml(ids[2]).encode())
    first = alert(ids[0]).identifier
    assert made.msg_type == "Update"
    assert made.references[0].identifier == first
    assert [r.identifier for r in made.references] == [first, alert(ids[1]).identifier]
    assert cap.check(made) == []


def test_an_update_by_hand_starts_from_what_is_in_force(publish, people):
    first = publish(YELLOW)
    done = actions.update(people["duty_officer"], first)
    assert alert(done.alert_id).message == alert(first).message
    assert alert(done.alert_id).previous_id == first
    assert alert(first).state == "PUBLISHED"


def test_the_clearing_of_the_warning_alarm_proposes_the_lift(publish, people, settle):
    pk = publish(YELLOW)
    propose_the_lift(AlarmCleared(**cleared(rule="guarantee")))
    propose_the_lift(AlarmCleared(**cleared(station="beibei")))
    assert waiting() == []
    propose_the_lift(AlarmCleared(**cleared()))
    propose_the_lift(AlarmCleared(**cleared()))
    (decision,) = waiting()
    assert (decision.alert_id, decision.verb, decision.right) == (pk, "lift", "alerts.sign")
    drop_the_lift(AlarmRaised(**cleared()))
    assert waiting() == []


def test_a_lift_tells_everybody_and_closes_what_waits(publish, people, settle, until):
    pk = publish(RED)
    until(minutes=25)
    assert open_escalations() != []
    actions.propose_lift(PLATFORM, pk, "水位已退到警戒水位以下")
    actions.lift(people["district_leader"], pk)
    settle()
    found = alert(pk)
    assert (found.state, in_force()) == ("LIFTED", None)
    lift = Mailing.objects.get(pk=found.mailings["lift"])
    assert lift.text.startswith("重庆市防汛抗旱指挥部已解除洪水红色预警")
    told = Delivery.objects.filter(mailing=lift)
    assert told.filter(state="SENT").count() == 13
    assert open_escalations() == []
    assert not open_items("alert").exists()
    made = cap.parse(cap_xml(pk).encode())
    assert (made.msg_type, made.note) == ("Cancel", "水位已退到警戒水位以下")
    assert [r.identifier for r in made.references] == [found.identifier]
    assert cap.check(made) == []
    assert actions.lift(people["district_leader"], pk).already


def test_a_lift_needs_a_proposal_by_somebody_else(publish, people):
    pk = publish(YELLOW)
    with pytest.raises(Refused):
        actions.lift(people["duty_leader"], pk, "水退了")
    actions.propose_lift(people["duty_leader"], pk, "水退了")
    with pytest.raises(Refused):
        actions.lift(people["duty_leader"], pk, "水退了")
    actions.lift(people["district_leader"], pk)
    assert alert(pk).state == "LIFTED"


def test_a_lift_takes_the_drafts_of_the_chain_with_it(publish, people, world, drill_clock):
    pk = publish(YELLOW)
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    update = actions.propose(world.forecast(2, 184.5))
    actions.propose_lift(PLATFORM, pk, "水退了")
    actions.lift(people["duty_leader"], pk)
    assert alert(update).state == "REJECTED"


def test_two_hours_before_the_end_somebody_must_decide_and_then_it_runs_out(publish, until):
    pk = publish(YELLOW)
    ends = alert(pk).expires_at
    until(seconds=(ends - timedelta(hours=2) - clock.now()).total_seconds() + 1)
    assert open_items(f"alert:{pk}:near").exists()
    until(hours=2)
    assert alert(pk).state == "EXPIRED"
    assert in_force() is None
    assert not open_items(f"alert:{pk}:").exists()
    assert set(Mailing.objects.values_list("closed_why", flat=True)) == {"expired"}


def test_a_late_expiry_timer_of_a_replaced_alert_is_harmless(publish, drill_clock, until):
    first = publish(YELLOW)
    drill_clock.move_to(clock.now() + timedelta(hours=3))
    second = publish(183.9, number=2)
    assert actions.expire(first) is False
    assert actions.expire(second) is False, "not yet over"
    assert in_force().id == second


def test_a_late_municipal_answer_does_not_bring_back_what_was_overtaken(
    world, people, drill_clock, settle, until
):
    red = actions.propose(world.forecast(1, RED))
    actions.draft(people["duty_officer"], red)
    actions.review(people["section_head"], red)
    actions.sign(people["district_leader"], red)
    yellow = actions.propose(world.forecast(2, YELLOW))
    actions.draft(people["duty_officer"], yellow)
    actions.review(people["section_head"], yellow)
    actions.sign(people["duty_leader"], yellow)
    assert (in_force().id, alert(red).state) == (yellow, "UPDATED")
    until(minutes=15)
    assert (in_force().id, alert(red).state) == (yellow, "UPDATED")
    assert "households" not in alert(red).mailings


def test_the_events_tell_the_rooms_above(publish, people):
    pk = publish(YELLOW)
    names = set(OutboxEvent.objects.values_list("name", flat=True))
    assert {"alerts.drafted", "alerts.reviewed", "alerts.signed", "alerts.published"} <= names
    actions.propose_lift(PLATFORM, pk, "水退了")
    actions.lift(people["duty_leader"], pk)
    assert OutboxEvent.objects.filter(name="alerts.lifted").count() == 1
