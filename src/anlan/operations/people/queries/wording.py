"""Words for what the audit trail names by keys."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.vocabulary.words import N_, NP_

ROOM_WORDS = {
    "accidents": NP_("room", "Accidents"),
    "alerts": NP_("room", "Alerts"),
    "assessment": NP_("room", "Assessment"),
    "credit": NP_("room", "Credit"),
    "deadlines": NP_("room", "Deadlines"),
    "duty": NP_("room", "Duty"),
    "enforcement": NP_("room", "Enforcement"),
    "exercises": NP_("room", "Exercises"),
    "forecasts": NP_("room", "Forecasts"),
    "hotline": NP_("room", "Hotline 12350"),
    "incidents": NP_("room", "Event files"),
    "messaging": NP_("room", "Messages"),
    "people": NP_("room", "People and rights"),
    "posts": NP_("room", "Safety at posts"),
    "resources": NP_("room", "Resources"),
    "response": NP_("room", "Response"),
    "risks": NP_("room", "Risk control"),
    "safety": NP_("room", "Work safety"),
    "checks": NP_("room", "Checks"),
    "sensing": NP_("room", "Monitoring"),
    "territory": NP_("room", "Territory"),
}
VERB_WORDS = {
    "people.login": N_("logged in"),
    "people.logout": N_("logged out"),
    "people.login_failed": N_("entered a wrong password"),
    "people.prove": N_("proved who they are"),
    "people.open_account": N_("opened an account"),
    "people.close_account": N_("closed an account"),
    "people.reopen_account": N_("opened an account again"),
    "people.unlock": N_("unlocked a login"),
    "people.renew_password": N_("gave a new temporary password"),
    "people.change_password": N_("changed their password"),
    "people.retry_event": N_("had an event tried again"),
    "people.view_personal": N_("saw personal data"),
    "people.take_out": N_("took a list out"),
    "registers.save_view": N_("saved a view of a list"),
    "registers.drop_view": N_("deleted a view of a list"),
    "people.export_audit": N_("exported the audit trail"),
    "alerts.propose": N_("proposed an alert"),
    "alerts.draft": N_("drafted an alert"),
    "alerts.edit": N_("changed a draft"),
    "alerts.review": N_("reviewed an alert"),
    "alerts.send_back": N_("sent a draft back"),
    "alerts.reject": N_("rejected a draft"),
    "alerts.sign": N_("signed an alert"),
    "alerts.sign_urgent": N_("signed an alert in an emergency"),
    "alerts.municipal_answer": N_("recorded the municipality's answer"),
    "alerts.propose_lift": N_("proposed to lift an alert"),
    "alerts.lift": N_("lifted an alert"),
    "incidents.open": N_("opened an event file"),
    "incidents.draft_report": N_("drafted a report"),
    "incidents.sign_report": N_("signed a report"),
    "incidents.close": N_("closed an event file"),
    "response.sign": N_("signed a response"),
    "response.adjust": N_("changed the response's level"),
    "response.end": N_("ended a response"),
    "response.accept_task": N_("accepted a task"),
    "response.report_task": N_("reported on a task"),
    "messaging.send": N_("sent messages"),
    "messaging.call": N_("recorded a call"),
    "sensing.register_stations": N_("registered stations"),
    "sensing.raise_alarm": N_("raised an alarm"),
    "sensing.set_rule": N_("set an alarm rule"),
    "sensing.set_health_limit": N_("set a limit for the health of devices"),
    "sensing.place_station": N_("said where a station stands"),
    "sensing.describe_device": N_("said who keeps a device and where it hangs"),
    "sensing.release_terminal": N_("let another terminal register for a vehicle"),
    "sensing.end_rule": N_("ended an alarm rule"),
    "sensing.plan_maintenance": N_("planned maintenance of a station"),
    "sensing.end_maintenance": N_("ended maintenance of a station"),
    "sensing.clear_alarm": N_("cleared an alarm"),
    "sensing.acknowledge_alarm": N_("took an alarm"),
    "sensing.issue_sender": N_("let a program push readings"),
    "sensing.send_file": N_("sent in a file of readings"),
    "sensing.import_readings": N_("imported readings"),
    "sensing.send_camera_file": N_("sent a file of cameras in"),
    "sensing.import_cameras": N_("imported cameras"),
    "sensing.register_cameras": N_("registered cameras"),
    "sensing.watch_camera": N_("looked through a camera"),
    "sensing.watch_recording": N_("looked at a camera's recording"),
    "sensing.save_feed": N_("set up a feed"),
    "sensing.ask_feed": N_("had a feed asked"),
    "sensing.switch_feed": N_("switched a feed on or off"),
    "sensing.verify_hotspot": N_("said what a hotspot was"),
    "sensing.revoke_sender": N_("revoked a program's token"),
    "hotline.see_informant": N_("saw who reported"),
    "hotline.receive": N_("received a report to the hotline"),
    "hotline.pay": N_("paid a reward"),
    "accidents.register": N_("registered an accident"),
    "accidents.correct_figures": N_("corrected the toll of an accident"),
    "resources.open_shelter": N_("opened a shelter"),
    "resources.close_shelter": N_("closed a shelter"),
    "resources.record_headcount": N_("counted a shelter"),
}


def verb_word(verb: str) -> str:
    """What was done, as a person says it; the key itself for what only the platform does."""
    word = VERB_WORDS.get(verb)
    return _(word) if word else verb


def room_word(room: str) -> str:
    term = ROOM_WORDS.get(room)
    return pgettext(*term) if term else room
