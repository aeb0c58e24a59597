"""Three people, one mailing: who may take which step, and what a signature sets going."""

from datetime import timedelta

import pytest

from anlan.operations.alerts import actions
from anlan.operations.alerts.models import Alert, MunicipalSubmission, Publication, Signature
from anlan.operations.alerts.queries import alert, cap_xml, funnel, in_force, waiting
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.people.actions import PLATFORM
from anlan.protocols import cap
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
YELLOW, RED = 183.00, 194.29


@pytest.fixture
def drafted(world, people):
    def make(crest=YELLOW, number=1):
        pk = actions.propose(world.forecast(number, crest))
        actions.draft(people["duty_officer"], pk)
        return pk

    return make


@pytest.fixture
def reviewed(drafted, people):
    def make(crest=YELLOW, number=1):
        pk = drafted(crest, number)
        actions.review(people["section_head"], pk)
        return pk

    return make


def refused(action, *arguments, **more):
    with pytest.raises(Refused) as fault:
        action(*arguments, **more)
    return str(fault.value)


def test_the_drafter_may_not_review(drafted, people):
    pk = drafted()
    said = refused(actions.review, people["duty_officer"], pk)
    assert "周敏" in said, "the refusal says who may"
    assert alert(pk).state == "DRAFT"


def test_a_section_head_who_drafts_may_not_review_it(world, people):
    pk = actions.propose(world.forecast(1, YELLOW))
    actions.draft(people["section_head"], pk)
    said = refused(actions.review, people["section_head"], pk)
    assert "何岚" in said
    assert "周敏" not in said


def test_the_reviewer_may_not_sign(drafted, people):
    pk = drafted()
    actions.review(people["duty_leader"], pk)
    said = refused(actions.sign, people["duty_leader"], pk)
    assert "罗远" in said
    assert alert(pk).state == "REVIEWED"


@pytest.mark.parametrize("role", ["duty_officer", "section_head", "township", "grid_worker"])
def test_who_has_no_right_to_sign_does_not_sign(reviewed, people, role):
    pk = reviewed()
    refused(actions.sign, people[role], pk)
    assert not Mailing.objects.exists()


def test_the_duty_leader_signs_three_and_four_but_not_one_and_two(reviewed, people):
    pk = reviewed(RED)
    said = refused(actions.sign, people["duty_leader"], pk)
    assert "罗远（副区长）" in said
    assert actions.sign(people["district_leader"], pk).already is False


def test_nobody_reviews_what_nobody_has_taken_on(world, people):
    pk = actions.propose(world.forecast(1, YELLOW))
    refused(actions.review, people["section_head"], pk)


def test_the_platform_signs_nothing(reviewed):
    refused(actions.sign, PLATFORM, reviewed())


def test_a_closed_account_signs_nothing(reviewed, people):
    from anlan.operations.people.models import Account

    pk = reviewed()
    Account.objects.filter(pk=people["duty_leader"].id).update(is_active=False)
    refused(actions.sign, people["duty_leader"], pk)


def test_a_yellow_alert_is_in_force_at_once_and_everybody_is_told(reviewed, people, settle):
    pk = reviewed()
    actions.sign(people["duty_leader"], pk)
    settle()
    found = in_force()
    assert (found.id, found.state, found.first_id) == (pk, "PUBLISHED", pk)
    counts = funnel(pk)
    # 12 homes (2 without a telephone), 2 grid workers, 1 office.
    assert (counts.targeted, counts.sent, counts.failed) == (15, 13, 2)
    assert set(found.mailings) == {"responsible", "households", "copies"}


def test_a_second_signature_is_told_so_and_sends_nothing(reviewed, people, settle):
    pk = reviewed()
    first = actions.sign(people["duty_leader"], pk)
    before = (Mailing.objects.count(), Delivery.objects.count(), Publication.objects.count())
    for again in (people["duty_leader"], people["district_leader"]):
        said = actions.sign(again, pk)
        assert (said.already, said.by, said.at) == (True, first.by, first.at)
    settle()
    after = (Mailing.objects.count(), Delivery.objects.count(), Publication.objects.count())
    assert after == before
    assert Signature.objects.filter(alert_id=pk, step="sign").count() == 1


def test_taking_on_and_reviewing_twice_changes_nothing(drafted, people):
    pk = drafted()
    assert actions.draft(people["duty_officer"], pk).already
    actions.review(people["section_head"], pk)
    assert actions.review(people["section_head"], pk).already
    assert actions.review(people["duty_leader"], pk).by == "周敏"


def test_each_household_gets_its_own_shelter_and_its_grid_workers_number(
    reviewed, people, settle, tmp_path
):
    pk = reviewed()
    actions.sign(people["duty_leader"], pk)
    settle()
    text = (tmp_path / "messages" / "console.jsonl").read_text(encoding="utf-8")
    assert "转移到磁器口小学" in text
    assert "13900000001" in text
    assert "今晚7点30分前" in text, "90 minutes before the water at 21:00"
    assert "〔" not in text
    assert text.count("【演练】") == len(text.splitlines())


def test_a_red_alert_calls_those_responsible_and_waits_for_the_municipality(
    reviewed, people, settle
):
    pk = reviewed(RED)
    actions.sign(people["district_leader"], pk)
    settle()
    found = alert(pk)
    assert found.state == "SIGNED"
    assert in_force() is None
    assert set(found.mailings) == {"responsible"}, "no household hears of it before the relay"
    assert found.submission.answered_at is None
    assert [d.verb for d in waiting()] == ["answer"]


def test_the_municipalitys_answer_is_relayed_under_its_own_identifier(reviewed, people, until):
    pk = reviewed(RED)
    actions.sign(people["district_leader"], pk)
    until(minutes=11)
    found = in_force()
    assert found.id == pk
    assert found.identifier.startswith("50000041600000_20200819")
    assert found.identifier == found.submission.identifier
    assert set(found.mailings) == {"responsible", "households", "copies"}
    assert Mailing.objects.filter(key=f"alert:{pk}:responsible").count() == 1
    assert cap.parse(cap_xml(pk).encode()).identifier == found.identifier


def test_the_stand_in_never_answers_an_actual_alert(world, people, until, settings):
    settings.ANLAN_STANDING = "Actual"
    pk = actions.propose(world.forecast(1, RED))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    actions.sign(people["district_leader"], pk)
    until(hours=1)
    assert alert(pk).state == "SIGNED"
    assert actions.stand_in_answers(pk) is None
    answer = actions.MunicipalAnswer(approved=True, identifier="50000041600000_20200819183000")
    refused(actions.record_municipal_answer, people["duty_officer"], pk, answer)
    actions.record_municipal_answer(people["section_head"], pk, answer)
    assert in_force().identifier == "50000041600000_20200819183000"


def test_a_refusal_of_the_municipality_ends_the_alert_and_its_calls(reviewed, people, settle):
    pk = reviewed(RED)
    actions.sign(people["district_leader"], pk)
    no = actions.MunicipalAnswer(approved=False, words="改发橙色")
    actions.record_municipal_answer(people["section_head"], pk, no)
    settle()
    found = alert(pk)
    assert (found.state, found.end_words) == ("REJECTED", "改发橙色")
    assert Mailing.objects.get().closed_why == "refused"
    yes = actions.MunicipalAnswer(approved=True, identifier="x_1")
    assert actions.record_municipal_answer(people["section_head"], pk, yes).already
    assert alert(pk).state == "REJECTED"


def test_only_a_submitted_alert_takes_an_answer(reviewed, people):
    answer = actions.MunicipalAnswer(approved=True)
    refused(actions.record_municipal_answer, people["section_head"], reviewed(), answer)
    assert not MunicipalSubmission.objects.exists()


def test_the_emergency_path_merges_the_steps_and_owes_papers(world, people, settle):
    pk = actions.propose(world.forecast(1, YELLOW))
    actions.sign_urgent(people["duty_leader"], pk, "水已进街，来不及审核")
    settle()
    assert in_force().id == pk
    item = WorkItem.objects.get(key=f"alert:{pk}:papers", done_at=None)
    assert item.due_at == clock.now() + timedelta(hours=24)
    refused(actions.file_papers, people["duty_leader"], pk, "补审核意见")
    actions.file_papers(people["section_head"], pk, "补审核意见")
    assert not WorkItem.objects.filter(key=f"alert:{pk}:papers", done_at=None).exists()
    assert actions.file_papers(people["section_head"], pk, "再补").already


def test_the_emergency_path_needs_its_reason_and_another_person_than_the_drafter(drafted, people):
    pk = drafted()
    refused(actions.sign_urgent, people["duty_leader"], pk, " ")
    actions.edit(people["duty_leader"], pk, actions.DraftEdit(message="改过的话，打〔网格员电话〕"))
    refused(actions.sign_urgent, people["duty_leader"], pk, "来不及")


def test_who_changes_a_draft_is_its_drafter(drafted, people):
    pk = drafted()
    actions.edit(people["section_head"], pk, actions.DraftEdit(message="请听网格员安排"))
    assert alert(pk).signed("draft").by == "周敏"
    refused(actions.review, people["section_head"], pk)


def test_the_reviewer_may_correct_and_the_count_of_corrections_stays(drafted, people):
    pk = drafted()
    actions.review(people["section_head"], pk, actions.DraftEdit(instruction="先转移老人"))
    found = alert(pk)
    assert (found.state, found.instruction) == ("REVIEWED", "先转移老人")
    assert found.signed("review").changes == 1


def test_sending_back_and_rejecting_need_a_sentence(reviewed, people):
    pk = reviewed()
    for action in (actions.send_back, actions.reject):
        refused(action, people["duty_leader"], pk, "  ")
    actions.send_back(people["duty_leader"], pk, "安置点写错了")
    found = alert(pk)
    assert found.state == "DRAFT"
    assert found.signed("draft") is None, "the steps before are void"
    actions.draft(people["duty_officer"], pk)
    actions.reject(people["duty_leader"], pk, "预报已下调")
    assert alert(pk).state == "REJECTED"
    assert not Mailing.objects.exists()


def test_nothing_leaves_a_rejected_alert(reviewed, people):
    pk = reviewed()
    actions.reject(people["section_head"], pk, "预报已下调")
    said = refused(actions.sign, people["duty_leader"], pk)
    assert "2020-0819-01" in said


def test_when_the_number_of_recipients_has_drifted_the_signer_types_it(reviewed, people, world):
    pk = reviewed()
    world.homes = world.homes[:2] + world.homes[6:]
    said = refused(actions.sign, people["duty_leader"], pk)
    assert "10 recipients (at review: 13)" in said
    refused(actions.sign, people["duty_leader"], pk, counted=13)
    actions.sign(people["duty_leader"], pk, counted=10)
    assert in_force().id == pk


def test_a_message_that_breaks_caps_rules_is_not_signed(reviewed, people):
    pk = reviewed()
    Alert.objects.filter(pk=pk).update(expires_at=clock.now() - timedelta(hours=1))
    assert "expires-order" in refused(actions.sign, people["duty_leader"], pk)
    assert alert(pk).state == "REVIEWED"


def test_the_message_that_left_keeps_capS_rules_and_says_whom_it_is_for(reviewed, people, settle):
    pk = reviewed()
    actions.sign(people["duty_leader"], pk)
    made = cap.parse(cap_xml(pk).encode())
    assert cap.check(made) == []
    info = made.infos[0]
    assert (made.status, made.msg_type, info.severity) == ("Exercise", "Alert", "Moderate")
    assert made.sender == "50010641600000"
    assert {value for _, value in info.areas[0].geocodes} == {"500106004001", "500106004002"}
    ring = info.areas[0].polygons[0]
    assert all(106 < p.lon < 107 and 29 < p.lat < 30 for p in ring)


def test_a_self_crossing_area_is_refused_and_changes_nothing(drafted, people):
    pk = drafted()
    before = alert(pk).area
    bowtie = {"type": "Polygon", "coordinates": [
        [[106.44, 29.57], [106.45, 29.58], [106.45, 29.57], [106.44, 29.58], [106.44, 29.57]]
    ]}  # fmt: skip
    said = refused(actions.edit, people["duty_officer"], pk, actions.DraftEdit(area=bowtie))
    assert "Self-intersection" in said
    assert alert(pk).area == before


def test_taking_a_community_out_takes_its_people_out(drafted, people, settle):
    pk = drafted()
    edit = actions.DraftEdit(communities=["500106004001"])
    actions.edit(people["duty_officer"], pk, edit)
    found = alert(pk)
    assert found.area_text == "金碧"
    assert found.trial["households"] == 6
    assert found.households == 6


def test_an_alert_without_a_forecast_can_be_written_by_hand(world, people):
    new = actions.NewDraft(
        level=3, communities=["500106013008"], message="请离开江边",
        description="值班员接报：滨江路进水。", expires_at=clock.now() + timedelta(hours=6),
    )  # fmt: skip
    done = actions.draft_new(people["duty_officer"], new)
    actions.review(people["section_head"], done.alert_id)
    actions.sign(people["duty_leader"], done.alert_id)
    assert in_force().message == "请离开江边"
    assert funnel(done.alert_id).targeted == 8
    refused(actions.draft_new, people["section_head"],
            actions.NewDraft(level=7, communities=[], message="", description="",
                             expires_at=clock.now()))  # fmt: skip


def test_one_draft_at_a_time(drafted, people):
    drafted()
    later = clock.now() + timedelta(hours=6)
    new = actions.NewDraft(
        level=3, communities=["500106013008"], message="a", description="b", expires_at=later
    )
    assert "2020-0819-01" in refused(actions.draft_new, people["section_head"], new)


def test_another_streets_officer_has_no_such_alert(drafted, people):
    pk = drafted()
    refused(actions.edit, people["other_township"], pk, actions.DraftEdit(message="x y"))
