"""Alarm rules as people set them: a change is a new dated version, the old one stays."""

from dataclasses import dataclass

from django.db.models import Q

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.sensing.actions.alarms import clear
from anlan.operations.sensing.actions.bands import forget_bands
from anlan.operations.sensing.models import Alarm, AlarmRule, Series, Station
from anlan.operations.sensing.queries.rule_inputs import home_of, resolved
from anlan.operations.sensing.queries.rules import in_force
from anlan.operations.sensing.rules.alarm_states import AlarmState
from anlan.operations.sensing.rules.expressions import parsed
from anlan.operations.sensing.rules.reconcile import Ending
from anlan.operations.sensing.rules.rule_kinds import Direction, RuleKind
from anlan.operations.territory.queries import site
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

NO_SERIES = N_("The station has no series of this element.")
NO_SITE = N_("There is no such site, or the rule is no condition over several series.")
READS_NOTHING = N_("The condition reads no series: name what it looks at.")
NAME_TAKEN = N_("A rule of this name is in force already. Change it, or choose another name.")
ENDED_MEANWHILE = N_(
    "%(who)s has ended this rule meanwhile; nothing was saved. If it is needed after all, set it "
    "as a new rule."
)
CHANGED_MEANWHILE = N_(
    "%(who)s has changed this rule meanwhile; nothing was saved. Look at it again, then change it."
)
MEANING = (
    "kind", "name", "direction", "value", "datum", "hysteresis", "duration_s", "window_s",
    "expression", "level", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A rule as somebody typed it; fields as in `AlarmRule`. `element` empty for an expression.

    A rule of a `site` has no `station` and is an expression; its stages are stated in `datum`.
    """

    station: str = ""
    site: str = ""
    kind: RuleKind
    name: str
    source: str
    element: str = ""
    direction: Direction = Direction.ABOVE
    value: float = 0.0
    datum: str = ""
    hysteresis: float = 0.0
    duration_s: int = 0
    window_s: int = 0
    expression: str = ""
    level: int | None = None

    @property
    def key(self) -> str:
        return f"{self.station or f'@{self.site}'}:{self.element}:{self.name}"


def drafted(new: NewRule) -> tuple[AlarmRule, list[Series]]:
    """The rule, not yet saved, and the series it reads.

    Raises `Refused`, `BadExpression`, `Station.DoesNotExist`.
    """
    if new.site and (new.kind is not RuleKind.EXPRESSION or site(new.site) is None):
        raise Refused(NO_SITE)
    station = None if new.site else Station.objects.get(code=new.station)
    rule = AlarmRule(
        key=new.key, station=station, site_code=new.site, valid_from=clock.today(),
        **{name: getattr(new, name) for name in MEANING},
    )  # fmt: skip
    if new.kind is RuleKind.EXPRESSION:
        reads = resolved(parsed(new.expression), home_of(rule))
        if not reads:
            raise Refused(READS_NOTHING)
        return rule, reads
    rule.series = Series.objects.select_related("station").filter(
        station=station, element=new.element
    ).first()  # fmt: skip
    if rule.series is None:
        raise Refused(NO_SERIES)
    return rule, [rule.series]


@looking_again
def set_rule(actor: Actor, new: NewRule, *, instead_of: int | None = None) -> int:
    """Put a rule in force from today; returns its id. The same again changes nothing.

    `instead_of`: the rule that this version changes. Raises as `drafted`, and `Refused` when the
    name is taken or somebody has ended or changed that rule meanwhile.
    """
    with act("sensing.set_rule", actor) as this:
        rule, reads = drafted(new)
        homes = {one.station_id for one in reads}
        list(Station.objects.select_for_update().filter(pk__in=homes).order_by("pk"))
        ruling = in_force(AlarmRule.objects.filter(key=rule.key))
        this.on("rule", rule.key, f"{_place(rule)} {rule.name}")
        for one in ruling:
            if all(getattr(one, name) == getattr(rule, name) for name in MEANING):
                this.detail = {"repeat": True}
                return one.pk
            if one.pk != instead_of and instead_of is None:
                raise Refused(NAME_TAKEN)
            if one.pk != instead_of:
                raise Refused(CHANGED_MEANWHILE, who=one.entered_by or one.source)
        if instead_of is not None and not ruling:
            gone = AlarmRule.objects.get(pk=instead_of)
            raise Refused(ENDED_MEANWHILE, who=gone.ended_by or gone.source)
        rule.edition = AlarmRule.objects.filter(key=rule.key, valid_from=rule.valid_from).count()
        rule.entered_at, rule.entered_by = clock.now(), actor.label
        rule.save()
        if new.kind is RuleKind.EXPRESSION:
            rule.inputs.set(reads)
        if new.kind is RuleKind.MISSING:  # the expected interval says what a gap is
            forget_bands([one.pk for one in reads])
        for one in ruling:
            one.ended_on, one.ended_by = rule.valid_from, actor.label
            one.save(update_fields=["ended_on", "ended_by"])
        this.detail = {name: getattr(rule, name) for name in MEANING}
    return rule.pk


def end_rule(actor: Actor, station: str, rule_id: int, *, site_code: str = "") -> bool:
    """Put a rule out of force from today and clear its alarm; False when it was already.

    The rule is the station's, or where there is none the site's.

    Raises `AlarmRule.DoesNotExist`.
    """
    with act("sensing.end_rule", actor) as this:
        rules = AlarmRule.objects.select_for_update(of=("self",)).select_related("station")
        home = Q(site_code=site_code, station=None) if site_code else Q(station__code=station)
        rule = rules.get(home, pk=rule_id)
        this.on("rule", rule.key, f"{_place(rule)} {rule.name}")
        if not rule.in_force(clock.today()):
            this.detail = {"repeat": True}
            return False
        rule.ended_on, rule.ended_by = clock.today(), actor.label
        rule.save(update_fields=["ended_on", "ended_by"])
        forget_bands([rule.series_id] if rule.series_id else [])
        for alarm in Alarm.objects.filter(key=rule.key, state=AlarmState.OPEN):
            clear(alarm, Ending(alarm.pk, clock.now(), alarm.value))
    return True


def _place(rule: AlarmRule) -> str:
    """The name of the station or site that a rule belongs to."""
    if rule.station is not None:
        return rule.station.name
    found = site(rule.site_code)
    return found.name if found else rule.site_code
