"""One evening of flood, lived through by the platform's own rounds and actions.

Frames go through a spool, facts are relayed, timers fire, people act as themselves. Only the
models' answers are made up (`forecasting`). Times are those of the clock given.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from tests.lived_in.forecasting import StandInJobs

from anlan.backbone.intake import SpoolIntake
from anlan.backbone.spool import Spool
from anlan.operations.alerts import actions as alerts
from anlan.operations.alerts.queries import waiting
from anlan.operations.deadlines.queries import next_timer_at
from anlan.operations.duty.actions import note
from anlan.operations.exercises.actions import NewExercise, record_exercise
from anlan.operations.incidents import actions as incidents
from anlan.operations.incidents.queries import prefill
from anlan.operations.incidents.queries import proposed as proposed_incidents
from anlan.operations.messaging.actions import acknowledge, record_answers
from anlan.operations.messaging.queries import mailings, recipients
from anlan.operations.people.actions import as_actor
from anlan.operations.people.models import Account
from anlan.operations.resources.actions import open_shelter, record_headcount
from anlan.operations.response import actions as responses
from anlan.operations.response.queries import proposed as proposed_responses
from anlan.operations.response.queries import tasks
from anlan.portal.rounds import Rounds
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import BadFrame, Frame, to_line
from anlan.vocabulary.readings import Reading

BEGINS = datetime(2020, 8, 18, 14, 0, tzinfo=clock.CHINA)
CIQIKOU_STREET, SHAPINGBA_STREET = "500106004", "500106002"
HIT = ("500106004001", "500106004002", "500106004006", "500106002008")
DEVICES = {"ciqikou": "5001060001", "beibei": "5001090001", "cuntan": "5001050001"}
CRESTS = (187.90, 189.60, 190.40)


class Evening:
    """The platform and its people between two readings of the clock."""

    def __init__(self, folder):
        self.clock = clock.DrillClock(BEGINS)
        clock.use(self.clock)
        self.spool = Spool(folder / "spool")
        self.rounds = Rounds(SpoolIntake(self.spool), StandInJobs(CRESTS, HIT))

    def who(self, username):
        return as_actor(Account.objects.get(username=username))

    def until(self, at):
        """Let time pass; what falls due on the way happens at its time."""
        self.rounds.settle()
        while (due := next_timer_at()) is not None and due <= at:
            self.clock.move_to(due)
            self.rounds.settle()
        self.clock.move_to(at)

    def later(self, **span):
        self.until(clock.now() + timedelta(**span))
        self.rounds.settle()

    def stages(self, ciqikou, *, every_min, rain_mm=2.5):
        """One report of all gauges at each step; the local rain gauge speaks at the first only."""
        for step, stage in enumerate(ciqikou):
            self.until(clock.now() + timedelta(minutes=every_min if step else 0))
            self._send("ciqikou", Element.STAGE, stage)
            self._send("beibei", Element.STAGE, stage + 6.0)
            self._send("cuntan", Element.STAGE, stage - 3.0)
            self._send("rain-geleshan", Element.RAIN_HOUR, rain_mm + step)
            self.rounds.settle()

    def once(self, station, element, value):
        self._send(station, element, value)
        self.rounds.settle()

    def bad_frames(self, number):
        reasons = ("check", "unknown_station", "malformed")
        self.spool.append([
            to_line(BadFrame("sl651", DEVICES["ciqikou"], "127.0.0.1:5", clock.now(),
                             f"7E7E{n:04X}", reasons[n % 3], "made up"))
            for n in range(number)
        ])  # fmt: skip
        self.rounds.settle()

    def _send(self, station, element, value):
        from anlan.operations.sensing.queries import station as row

        device, now = row(station).device, clock.now()
        reading = Reading(device, element, now, value, now, None)
        self.spool.append([to_line(Frame("sl651", device, now, "7E7E", (reading,)))])

    def close(self):
        self.spool.close()


def the_evening(folder):
    """From the first report to an update that waits for its review; returns the clock's time."""
    evening = Evening(folder)
    try:
        _water_rises(evening)
        _alert_goes_out(evening)
        _people_answer()
        _district_responds(evening)
        _water_rises_on(evening)
        evening.rounds.settle()
    finally:
        evening.close()
    return clock.now()


def _water_rises(evening):
    evening.once("rain-jingkou", Element.RAIN_HOUR, 12.0)
    evening.stages([181.9 + 0.15 * step for step in range(5)], every_min=10)
    evening.bad_frames(4)
    evening.stages([182.55 + 0.12 * step for step in range(5)], every_min=10)


def _alert_goes_out(evening):
    for verb, by, minutes in (("draft", "chenli", 1), ("review", "zhoumin", 2),
                              ("sign", "luoyuan", 2)):  # fmt: skip
        evening.later(minutes=minutes)
        decision = _decision(verb)
        getattr(alerts, verb)(evening.who(by), decision.alert_id)
    evening.later(minutes=15)


def _people_answer():
    """Most households' telephones ring, some read, some answer by their link, one asks for help."""
    for mailing in mailings():
        refs = [row.ref for row in recipients(mailing.id)]
        record_answers(mailing.id, [(ref, clock.now(), "delivered") for ref in refs[1:]])
        record_answers(mailing.id, [(ref, clock.now(), "read") for ref in refs[2::2]])
    for number, letter in enumerate(letters()[:12:3]):
        acknowledge(letter["link"].rsplit("/", 1)[1], "help" if number == 1 else "ok")


def letters():
    """What the console channel has written so far, oldest first."""
    path = settings.ANLAN_HOME / "messages" / "console.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _district_responds(evening):
    evening.later(minutes=2)
    incident = proposed_incidents()[0]
    incidents.open_incident(evening.who("chenli"), incident.id)
    incidents.record_phone_report(evening.who("chenli"), incident.id, "市应急管理局值班室", "洪水")
    activation = proposed_responses()[0]
    responses.sign_activation(evening.who("luoyuan"), activation.id)
    evening.later(minutes=5)
    said = prefill(incident.id)
    report = incidents.report_first(
        evening.who("chenli"), incident.id,
        incidents.ReportText(figures=said.figures, situation=said.situation,
                             measures=said.measures, reason="按上报数字核实"),
    )  # fmt: skip
    incidents.sign_report(evening.who("helan"), report)
    for number, task in enumerate(tasks(activation.id)[:12]):
        responses.accept_task(evening.who("chenli"), task.id)
        if number % 3 == 0:
            counted = (task.target or 0) if task.report in ("people", "headcount") else None
            responses.report_task(
                evening.who("chenli"), task.id, responses.TaskWords("已完成", counted, done=True)
            )
    responses.write_situation_report(evening.who("chenli"), activation.id, "正在转移")
    for code in _shelters():
        open_shelter(evening.who("chenli"), code)
        record_headcount(evening.who("chenli"), code, 20)
    _street_trains(evening)
    for line in range(3):
        note(evening.who("chenli"), f"电话核实第 {line + 1} 次，现场正常")


def _street_trains(evening):
    record_exercise(
        evening.who("ciqikou"),
        NewExercise(
            name="金蓉正街转移演练", kind="special", owner_kind="township",
            owner_code=CIQIKOU_STREET, owner_name="磁器口街道", area_code=CIQIKOU_STREET,
            held_on=BEGINS.date() - timedelta(days=30), hazard="flood", people=120, score=92,
            findings=("喇叭听不清", "两户电话不通"),
        ),
    )  # fmt: skip


def _shelters():
    from anlan.operations.resources.queries import shelters

    listed = [row for row in shelters(None) if not row.open and row.capacity > 50]
    return [row.code for row in listed[:2]]


def _water_rises_on(evening):
    evening.stages([183.4 + 0.15 * step for step in range(20)], every_min=10)
    evening.later(minutes=1)
    draft = _decision("draft")
    alerts.draft(evening.who("chenli"), draft.alert_id)


def _decision(verb):
    """What waits for this verb; when nothing does, say what the platform has done instead."""
    from anlan.operations.forecasts.queries import runs
    from anlan.operations.people.queries import failed_events
    from anlan.operations.sensing.queries import alarms, totals

    found = [one for one in waiting() if one.verb == verb]
    assert found, (
        f"nothing waits to {verb} at {clock.now()}: waiting {waiting()}, "
        f"{totals()}, failed events {failed_events()}, alarms {[a.key for a in alarms(None)]}, "
        f"runs {[(r.key, r.state, r.fault, r.crest_stage_m) for r in runs()]}"
    )
    return found[0]
