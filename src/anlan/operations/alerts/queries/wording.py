"""The sentences of the alert pages, in the reader's language."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.queries.rows import AlertRow
from anlan.operations.alerts.rules.states import MAJOR
from anlan.operations.messaging.queries import slots_of
from anlan.vocabulary import units
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.levels import ALERT_WORDS, AlertLevel
from anlan.vocabulary.words import NP_, Term

STATE_WORDS: dict[str, Term] = {
    "DRAFT": NP_("alert state", "draft"),
    "REVIEWED": NP_("alert state", "reviewed"),
    "SIGNED": NP_("alert state", "signed"),
    "PUBLISHED": NP_("alert state", "in force"),
    "UPDATED": NP_("alert state", "replaced"),
    "LIFTED": NP_("alert state", "lifted"),
    "EXPIRED": NP_("alert state", "expired"),
    "REJECTED": NP_("alert state", "rejected"),
}
# The pill of a state: wait, doing, done, stop.
STATE_PILLS = {
    "DRAFT": "wait", "REVIEWED": "wait", "SIGNED": "wait", "PUBLISHED": "doing",
    "UPDATED": "done", "LIFTED": "done", "EXPIRED": "done", "REJECTED": "stop",
}  # fmt: skip
CHANNEL_WORDS: dict[str, Term] = {
    "console": NP_("channel", "Short message (exercise log)"),
    "webhook": NP_("channel", "Short message"),
    "smtp": NP_("channel", "E-mail"),
    "loudspeaker": NP_("channel", "Loudspeaker"),
}
STEP_WORDS: dict[str, Term] = {
    "draft": NP_("alert step", "Drafted"),
    "review": NP_("alert step", "Reviewed"),
    "sign": NP_("alert step", "Signed"),
    "sign_urgent": NP_("alert step", "Signed in an emergency"),
    "publish": NP_("alert step", "Published"),
    "send_back": NP_("alert step", "Sent back"),
    "reject": NP_("alert step", "Rejected"),
    "municipal_answer": NP_("alert step", "The municipality answered"),
    "propose_lift": NP_("alert step", "Lift proposed"),
    "lift": NP_("alert step", "Lifted"),
    "file_papers": NP_("alert step", "Papers filed"),
}


def say(term: Term) -> str:
    return pgettext(term.context, term.word)


def state_word(state: str) -> str:
    return say(STATE_WORDS[state])


def channel_word(name: str) -> str:
    return say(CHANNEL_WORDS[name]) if name in CHANNEL_WORDS else name


def step_word(step: str) -> str:
    return say(STEP_WORDS[step]) if step in STEP_WORDS else step


def level_word(level: int) -> str:
    return say(ALERT_WORDS[AlertLevel(level)])


def datum_word(datum: str) -> str:
    if not datum:
        return ""
    if Datum(datum) is Datum.WUSONG:
        return pgettext("datum", "Wusong")
    return pgettext("datum", "Yellow Sea")


def slotted(text: str) -> SafeString:
    """The text as recipients get it, each slot underlined."""
    pieces: list[tuple[SafeString]] = []
    rest = text
    names = set(slots_of(text))
    while rest:
        start = rest.find("〔")
        end = rest.find("〕", start)
        if start < 0 or end < 0:
            break
        pieces.append((format_html("{}", rest[:start]),))
        name = rest[start + 1 : end]
        if name in names:
            pieces.append((format_html("<mark>〔{}〕</mark>", name),))
        rest = rest[end + 1 :]
    pieces.append((format_html("{}", rest),))
    return format_html_join("", "{}", pieces)


def why(row: AlertRow) -> str:
    """Why this level: the crest, its range, the threshold it passes."""
    rule = row.level_rule
    if row.crest_stage_m is None or not rule:
        return _("Written by hand, without a forecast.")
    said = {
        "stage": units.stage_m(row.crest_stage_m), "datum": datum_word(row.datum),
        "low": units.stage_m(row.crest_low_m), "high": units.stage_m(row.crest_high_m),
        "limit": units.stage_m(rule["from_m"]), "limit_datum": datum_word(rule["datum"]),
        "over": units.stage_m(rule["above_m"]), "means": rule["means"],
    }  # fmt: skip
    return (
        _(
            "The forecast crest of %(stage)s m %(datum)s (90 %% range %(low)s–%(high)s) is "
            "%(over)s m over %(limit)s m %(limit_datum)s (%(means)s)."
        )
        % said
    )


def differences(new: AlertRow, old: AlertRow | None) -> list[str]:
    """What changes from the message before, each as a short sentence."""
    if old is None:
        return []
    said = []
    if new.level != old.level:
        said.append(f"{level_word(old.level)} → {level_word(new.level)}")
    before, after = {c.code for c in old.communities}, {c.code for c in new.communities}
    if before != after:
        said.append(_("communities %(old)s → %(new)s") % {"old": len(before), "new": len(after)})
        coming = [c.name for c in new.communities if c.code not in before]
        leaving = [c.name for c in old.communities if c.code not in after]
        if coming:
            said.append(_("new: %(names)s") % {"names": _list(coming)})
        if leaving:
            said.append(_("no longer: %(names)s") % {"names": _list(leaving)})
    said += _crest_difference(new, old)
    if new.households != old.households:
        said.append(
            _("households %(old)s → %(new)s")
            % {"old": units.whole(old.households), "new": units.whole(new.households)}
        )
    return said or [_("Nothing but the wording.")]


def _crest_difference(new: AlertRow, old: AlertRow) -> list[str]:
    if (
        new.crest_stage_m is None
        or old.crest_stage_m is None
        or new.crest_stage_m == (old.crest_stage_m)
    ):
        return []
    if new.datum != old.datum:
        return [_("crests in two datums: not compared")]
    change = new.crest_stage_m - old.crest_stage_m
    said = {"metres": units.stage_m(abs(change))}
    return [(_("crest higher by %(metres)s m") if change > 0
             else _("crest lower by %(metres)s m")) % said]  # fmt: skip


def _list(names: Iterable[str]) -> str:
    return pgettext("list", ", ").join(names)


def consequences(row: AlertRow) -> list[tuple[str, bool]]:
    """What happens when it is signed: at most four lines; True marks the one beyond recall."""
    trial = row.trial
    reach = max(0, trial.get("reachable", 0) - trial.get("responsible", 0))
    people = {"n": units.whole(trial.get("responsible", 0))}
    homes = {"n": units.whole(reach)}
    doors = {"n": units.whole(trial.get("unreachable", 0))}
    if row.level in MAJOR:
        lines = [
            (_("%(n)s responsible persons are called at once and must answer") % people, True),
            (_("It goes to the municipality, which issues it to the public"), False),
            (_("With its answer %(n)s recipients get the message: beyond recall") % homes, True),
        ]
    else:
        lines = [
            (_("%(n)s recipients get the message: beyond recall") % homes, True),
            (_("%(n)s responsible persons are told") % people, False),
        ]
    if row.level in MAJOR:
        lines.append((_("A response is proposed (signed separately)"), False))
    elif trial.get("unreachable"):
        lines.append((_("%(n)s homes without a telephone: grid workers go there") % doors, False))
    return lines
