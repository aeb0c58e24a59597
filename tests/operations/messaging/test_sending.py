"""From the queue to the channel: once, in batches, never by the wrong door, never too late."""

import itertools
import json
from datetime import timedelta

import pytest

from anlan.operations.messaging import channels
from anlan.operations.messaging.actions import close_mailing, deliver_queued, record_answers
from anlan.operations.messaging.channels import ChannelDown, Outcome
from anlan.operations.messaging.channels.contract import Result
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.messaging.queries import funnel, unanswered
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

pytestmark = pytest.mark.django_db(databases="__all__")


class Postman:
    """A channel that notes what it was given and answers as it was told."""

    name = "postman"
    batch = 3
    per_minute = None
    standings = frozenset({Standing.ACTUAL, Standing.EXERCISE})

    def __init__(self):
        self.taken = []
        self.answer = lambda letter: Outcome(letter.id, Result.SENT)

    def send(self, letters):
        self.taken += [letter.id for letter in letters]
        return [self.answer(letter) for letter in letters]


@pytest.fixture
def postman(monkeypatch):
    man = Postman()
    monkeypatch.setitem(channels.CHANNELS, "postman", man)
    return man


def drain():
    rounds = 0
    while deliver_queued():
        rounds += 1
        assert rounds < 100
    return rounds


def lines(folder):
    path = folder / "messages" / "console.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_household_reads_its_own_shelter_and_gets_its_own_link(mail, addressee, data_folder):
    mail([addressee(1)])
    drain()
    (line,) = lines(data_folder)
    assert line["text"].startswith("【演练】请转移到磁器口小学,或打13900001111。")
    assert line["link"] in line["text"]
    assert "/r/" in line["link"]
    assert "13800000001" not in json.dumps(line, ensure_ascii=False)


def test_the_same_mailing_twice_is_sent_once(mail, addressee, data_folder):
    assert mail([addressee(1)]) == mail([addressee(1), addressee(2)])
    drain()
    assert len(lines(data_folder)) == 1


def test_a_recipient_named_twice_is_written_once(mail, addressee, data_folder):
    mail([addressee(1), addressee(1)])
    assert Delivery.objects.count() == 1


def test_an_exercise_never_leaves_by_an_actual_channel(mail, addressee, data_folder):
    mailing = mail([addressee(1, channel="webhook"), addressee(2, channel="smtp"),
                    addressee(3, channel="loudspeaker")])  # fmt: skip
    drain()
    counts = funnel([mailing])
    assert (counts.sent, counts.failed) == (0, 3)
    assert all("not registered" in d.fault for d in Delivery.objects.all())


def test_an_actual_message_is_not_written_to_the_console(mail, addressee, data_folder):
    mailing = mail([addressee(1)], standing=Standing.ACTUAL)
    drain()
    assert funnel([mailing]).failed == 1
    assert not (data_folder / "messages").exists()


def test_batches_are_bounded_and_every_letter_leaves(mail, addressee, postman):
    mail([addressee(n, channel="postman") for n in range(8)])
    assert deliver_queued() == 3
    drain()
    assert len(postman.taken) == len(set(postman.taken)) == 8


def test_a_failing_letter_waits_longer_each_time_and_is_given_up_at_last(
    mail, addressee, postman, drill_clock
):
    postman.answer = lambda letter: Outcome(letter.id, Result.RETRY, "busy")
    mailing = mail([addressee(1, channel="postman")])
    tries = []
    for _ in range(200):
        if deliver_queued():
            tries.append(clock.now())
        drill_clock.move_to(clock.now() + timedelta(seconds=30))
    waits = [(b - a).total_seconds() for a, b in itertools.pairwise(tries)]
    assert waits == [30, 60, 120, 240, 480]
    assert funnel([mailing]).failed == 1
    assert len(set(postman.taken)) == 1


def test_a_channel_that_is_down_spends_no_tries(mail, addressee, postman, drill_clock):
    def down(letter):
        raise ChannelDown("no line")

    postman.answer = down
    mail([addressee(n, channel="postman") for n in range(5)])
    assert deliver_queued() == 0
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {0}
    postman.answer = lambda letter: Outcome(letter.id, Result.SENT)
    assert deliver_queued() == 0
    drill_clock.move_to(clock.now() + timedelta(seconds=31))
    drain()
    assert Delivery.objects.filter(state="SENT").count() == 5


def test_a_crash_between_send_and_mark_repeats_at_most_the_same_id(
    mail, addressee, postman, drill_clock, monkeypatch
):
    mail([addressee(1, channel="postman")])
    with monkeypatch.context() as broken:
        broken.setattr(
            "anlan.operations.messaging.actions.deliver._mark",
            lambda rows, outcomes: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            deliver_queued()
    assert deliver_queued() == 0, "the lease still holds"
    drill_clock.move_to(clock.now() + timedelta(minutes=3))
    drain()
    assert len(postman.taken) == 2
    assert len(set(postman.taken)) == 1
    assert Delivery.objects.get().state == "SENT"


def test_a_channels_rate_is_kept(mail, addressee, postman, drill_clock):
    postman.per_minute, postman.batch = 4, 10
    mail([addressee(n, channel="postman") for n in range(6)])
    drain()
    assert len(postman.taken) == 4
    drill_clock.move_to(clock.now() + timedelta(seconds=61))
    drain()
    assert len(postman.taken) == 6


def test_what_is_lifted_before_it_left_never_leaves(mail, addressee, data_folder):
    mailing = mail([addressee(n) for n in range(3)])
    assert close_mailing(PLATFORM, mailing, "lifted") == 3
    assert close_mailing(PLATFORM, mailing, "lifted") == 0
    drain()
    assert not (data_folder / "messages").exists()
    assert Mailing.objects.get().closed_why == "lifted"


def test_what_expired_in_the_queue_never_leaves(mail, addressee, data_folder, drill_clock):
    mailing = mail([addressee(1)])
    drill_clock.move_to(clock.now() + timedelta(hours=25))
    drain()
    assert funnel([mailing]).failed == 1


def test_nobody_without_an_address_is_called_sent(mail, addressee, data_folder):
    mailing = mail([addressee(1, address_sealed=b""), addressee(2)])
    drain()
    counts = funnel([mailing])
    assert (counts.targeted, counts.sent, counts.failed) == (2, 1, 1)


def test_the_funnel_counts_each_step_with_those_further_on(
    mail, addressee, data_folder, django_assert_num_queries
):
    mailing = mail([addressee(n, must_answer=n < 3) for n in range(10)])
    drain()
    now = clock.now()
    record_answers(
        mailing,
        [
            ("household:0", now, "ok"),
            ("household:3", now, "help"),
            ("household:4", now, "read"),
            ("household:5", now, "delivered"),
            ("household:5", now, "delivered"),
            ("household:99", now, "ok"),
        ],
    )
    with django_assert_num_queries(1):
        counts = funnel([mailing])
    assert (counts.targeted, counts.sent, counts.delivered, counts.read, counts.acked) == (
        10, 10, 4, 3, 2,
    )  # fmt: skip
    assert (counts.help, counts.asked, counts.must_answered) == (1, 3, 1)
    with django_assert_num_queries(1):
        late = unanswered(mailing)
    assert [row.ref for row in late] == ["household:1", "household:2"]


def test_three_and_a_half_thousand_leave_quickly(mail, addressee, data_folder):
    mailing = mail([addressee(n) for n in range(3500)])
    started = clock.stopwatch()
    drain()
    took = clock.stopwatch() - started
    assert funnel([mailing]).sent == 3500
    print(f"3,500 console deliveries: {took:.2f} s")
    now = clock.now()
    started = clock.stopwatch()
    assert record_answers(mailing, [(f"household:{n}", now, "ok") for n in range(3500)]) == 3500
    print(f"3,500 answers: {clock.stopwatch() - started:.2f} s")
