"""Every address the house has, taken from its own URL table, and a real thing to fill it with.

Nobody lists addresses by hand: a new one is walked as soon as it is routed. What a person has to
say about a new one is how to fill its parameters (`SAMPLES`), and nothing at all if it has none.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize
from ninja.operation import PathView
from PIL import Image
from tests.lived_in.forecasting import whole_library
from tests.lived_in.house import House
from tests.lived_in.story import CIQIKOU_STREET, HIT
from tests.scope.campaign_things import campaign_things
from tests.scope.chemical_things import chemical_things
from tests.scope.cover_things import cover_things
from tests.scope.list_things import list_things
from tests.scope.risk_things import risk_things
from tests.scope.source_things import discretion_row, officers_certificate, source_things

from anlan.operations.accidents.actions import NewAccident, register_accident
from anlan.operations.accidents.queries.state import person_of as accident_person
from anlan.operations.accidents.rules.level import Figures
from anlan.operations.alerts.models import Alert
from anlan.operations.calls.actions import NewCall, add_call_photo, put_call
from anlan.operations.calls.models import CallPhoto
from anlan.operations.calls.queries.scope import person_of as calling
from anlan.operations.calls.rules.states import Kind as CallKind
from anlan.operations.calls.rules.states import Urgency
from anlan.operations.checks.actions import (
    Answer,
    Checker,
    NewCharge,
    Submission,
    add_check_photo,
    make_plan,
    put_in_charge,
    submit_check,
)
from anlan.operations.checks.models import Charge, CheckPhoto, CheckTask
from anlan.operations.checks.queries.pack import pack
from anlan.operations.credit.models import Listing
from anlan.operations.deadlines.models import Absence
from anlan.operations.enforcement.actions import NewCase, file_exhibit, open_case, take_step
from anlan.operations.enforcement.models import Case, Certificate, Paper
from anlan.operations.enforcement.queries.state import person_of as officer_of
from anlan.operations.exercises.models import Exercise
from anlan.operations.forecasts.models import ForecastRun
from anlan.operations.hotline.actions import Acceptance, NewTip, Who, accept_tip, put_tip
from anlan.operations.hotline.models import Tip
from anlan.operations.hotline.queries.persons import able_handlers
from anlan.operations.hotline.queries.persons import person_of as hotline_person
from anlan.operations.hotline.queries.places import AREA, token_of
from anlan.operations.hotline.rules.states import Kind
from anlan.operations.incidents.models import Incident, Report
from anlan.operations.messaging.models import Delivery
from anlan.operations.oversight.actions import (
    Attempt,
    NewReview,
    open_review,
    record_interference,
)
from anlan.operations.oversight.actions.evaluation import NewEvaluation, open_evaluation
from anlan.operations.oversight.models import Review, Sampled
from anlan.operations.oversight.queries.reviews import person_of as overseer
from anlan.operations.patrols.actions import (
    NewBeat,
    add_patrol_photo,
    put_beat,
    start_patrol,
)
from anlan.operations.patrols.models import PatrolPhoto, PatrolTask
from anlan.operations.patrols.queries.scope import person_of as patrolling
from anlan.operations.patrols.rules.states import Form, Hazard
from anlan.operations.people.actions import PLATFORM, as_actor
from anlan.operations.people.models import Account, OutboxEvent
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Look
from anlan.operations.resources.models import Shelter, Team
from anlan.operations.response.models import Activation, Task
from anlan.operations.safety.actions import (
    Find,
    Taking,
    add_photo,
    find_danger,
    keep_enterprise_file,
)
from anlan.operations.safety.models import DangerPhoto, Enterprise
from anlan.operations.safety.queries.persons import person_of
from anlan.operations.safety.rules.states import Source
from anlan.operations.sensing.actions import NewRule, set_rule
from anlan.operations.sensing.models import Alarm, AlarmRule, Station, StationPicture
from anlan.operations.sensing.rules.rule_kinds import RuleKind
from anlan.operations.statistics.models import DangerReturn
from anlan.operations.statistics.models import Report as PeriodReport
from anlan.operations.territory.models import ResponsiblePerson, Road, Site
from anlan.vocabulary import clock

API = "/api/v1/"
# An app's typed interface asks for the right of its pages, inside its functions.
API_RIGHTS = {
    "territory": "territory.map", "sensing": "sensing.view", "forecasts": "forecasts.view",
    "alerts": "alerts.view", "incidents": "incidents.view", "response": "response.view",
    "assessment": "assessment.view", "safety": "safety.view", "risks": "safety.view",
    "checks": "checks.view",
    "hotline": "hotline.view", "calls": "calls.view", "patrols": "patrols.view",
    "accidents": "accidents.view",
    "statistics": "assessment.view", "enforcement": "enforcement.view",
    "credit": "credit.view", "posts": "safety.view", "responsibilities": "assessment.view",
    "campaigns": "safety.view",
    "oversight": "oversight.view",
    "insurance": "insurance.view", "chemicals": "chemicals.view",
    "deadlines": "duty.desk",
}  # fmt: skip
# An address that is no part of its app's one page.
RIGHTS_OF = {
    "api:returns": "safety.view", "api:one_return": "safety.view",
    "api:sign_one_return": "statistics.sign",
    "api:patrol_photo": "patrols.walk", "api:close_patrol_route": "patrols.keep",
    "api:call_patrol_out": "patrols.keep",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One pattern of the URL table. `name` is unique in the house; API names begin with "api:"."""

    template: str
    name: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def api(self) -> bool:
        return self.template.startswith(API)

    @property
    def right(self) -> str | None:
        """The right that stands in front of it; None where no account is asked for."""
        if self.api:
            return RIGHTS_OF.get(self.name) or API_RIGHTS.get(self._app)
        return getattr(self.view, "right", None)

    @property
    def _app(self) -> str:
        """The app whose `api` answers here; "" for the interface's own addresses."""
        cells = getattr(self.view, "__closure__", None) or ()
        inside = [c.cell_contents for c in cells if isinstance(c.cell_contents, PathView)]
        return inside[0].operations[0].view_func.__module__.split(".")[2] if inside else ""

    def filled(self, values: dict[str, Any]) -> str:
        return self.template % values


def every_address() -> list[Address]:
    """The whole URL table, in its order."""
    found = list(_walk(get_resolver(), "", ""))
    names = [address.name for address in found]
    assert len(set(names)) == len(names), "two addresses carry one name"
    return found


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = prefix + _template(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield _address(entry, here, space)


def _address(entry: URLPattern, here: str, space: str) -> Address:
    names = tuple(re.findall(r"%\((\w+)\)s", here))
    return Address(f"/{here}", f"{space}{entry.name}", names, entry.callback)


def _template(entry: URLPattern | URLResolver) -> str:
    (text, _names), *others = normalize(entry.pattern.regex.pattern)
    assert not others, f"{entry} has more than one form"
    return str(text).replace("\\", "")


def _photo() -> int:
    """Of a danger that Ciqikou street found in an enterprise of its own."""
    street = Account.objects.get(username="ciqikou")
    firm = Enterprise.objects.filter(area_code__startswith=CIQIKOU_STREET).latest("id")
    find = Find(
        key="walked", title="厨房燃气软管超期", area_code="", sector="", source=Source.INSPECTION,
        enterprise_id=firm.pk,
    )  # fmt: skip
    person = person_of(scope_of(street), street.organisation_code)
    danger = find_danger(as_actor(street), person, find)
    sink = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sink, "PNG")
    return add_photo(as_actor(street), danger, "before", sink.getvalue())


def _return() -> int:
    """The statistics of an enterprise in Ciqikou street."""
    firm = Enterprise.objects.filter(area_code__startswith=CIQIKOU_STREET).latest("id")
    row, _new = DangerReturn.objects.get_or_create(
        enterprise=firm, period="2020-Q2",
        defaults={"due_on": clock.today(), "asked_at": clock.now()},
    )  # fmt: skip
    return int(row.pk)


def _period_report() -> int:
    """Asked for by Ciqikou street, and made."""
    street = Account.objects.get(username="ciqikou")
    row = PeriodReport.objects.create(
        period="2020", area=CIQIKOU_STREET, asked_by=street, asked_by_name="x", state="done",
        asked_at=clock.now(), finished_at=clock.now(), pdf=b"%PDF", xlsx=b"PK",
    )  # fmt: skip
    return int(row.pk)


def _listing() -> int:
    """Of an enterprise in Ciqikou."""
    street = Enterprise.objects.filter(area_code__startswith=CIQIKOU_STREET)
    return int(Listing.objects.filter(enterprise_id__in=street.values("pk")).latest("id").pk)


def _accident() -> int:
    """In Ciqikou, reported by its street."""
    street, now = Account.objects.get(username="ciqikou"), clock.now()
    about = {"title": "试", "unit": "试", "area_code": CIQIKOU_STREET, "sector": "other",
             "category": "industrial", "kind": "20"}  # fmt: skip
    new = NewAccident(key="walked", about=about, figures=Figures(serious=1), occurred_at=now,
                      known_at=now, reported_at=now)  # fmt: skip
    return register_accident(as_actor(street), accident_person(scope_of(street)), new)


def _tip() -> int:
    """A report that Ciqikou street verifies."""
    leader, clerk = (Account.objects.get(username=name) for name in ("helan", "rexian"))
    new = NewTip(key="", kind=Kind.OTHER, matter="试", area_code=CIQIKOU_STREET,
                 source="elsewhere", source_id="1")  # fmt: skip
    taker = hotline_person(scope_of(clerk), clerk.organisation_code)
    put_tip(as_actor(clerk), taker, new, Who())
    tip = Tip.objects.get(source="elsewhere")
    one, two = sorted(able_handlers(CIQIKOU_STREET))[:2]
    given = Acceptance(unit=CIQIKOU_STREET, sector="", handlers=(one, two))
    person = hotline_person(scope_of(leader), leader.organisation_code)
    accept_tip(as_actor(leader), person, tip.pk, given)
    return tip.pk


def _call_photo() -> int:
    """Of a call that Ciqikou street makes, and that another platform has handed on."""
    street = Account.objects.get(username="ciqikou")
    who = as_actor(street), calling(scope_of(street))
    call = put_call(*who, NewCall(
        key="", urgency=Urgency.NORMAL, kind=CallKind.OTHER, unit="industry", matter="试",
        area_code=CIQIKOU_STREET, source="elsewhere", source_id="1",
    ))  # fmt: skip
    sink = io.BytesIO()
    Image.new("RGB", (7, 7)).save(sink, "PNG")
    return add_call_photo(*who, call, sink.getvalue())


def _patrol_photo() -> int:
    """Of a patrol of Ciqikou street under way, whose route another platform has handed on."""
    names = ("ciqikou", "ciqikould", "wangge")
    street, leader, grid = (Account.objects.get(username=name) for name in names)
    beat = put_beat(as_actor(street), patrolling(scope_of(street)), NewBeat(
        key="", name="试", form=Form.WATER, hazard=Hazard.FLOOD, area_code=CIQIKOU_STREET,
        unit=street.organisation_code, supervisor=leader.pk, patroller=grid.pk,
        points=[{"name": "试", "lon": 106.45, "lat": 29.58, "radius_m": 50}],
        begins_on=clock.today(), source="elsewhere", source_id="1",
    ), ())  # fmt: skip
    task, walker = PatrolTask.objects.get(beat=beat), patrolling(scope_of(grid))
    start_patrol(as_actor(grid), walker, task.pk, at=clock.now())
    sink = io.BytesIO()
    Image.new("RGB", (6, 6)).save(sink, "PNG")
    return add_patrol_photo(as_actor(grid), task.pk, sink.getvalue(), Taking())


def _plan() -> int:
    """What Ciqikou street has planned to inspect; somebody in its sight is in it."""
    street = Account.objects.get(username="ciqikou")
    values = {"name": "走查计划", "area_code": street.area_code, "months": "12"}
    return make_plan(Checker(as_actor(street), scope_of(street), street.organisation_code), values)


def _charge() -> int:
    """The grid worker whom Ciqikou street has put in charge of all in its territory."""
    street = Account.objects.get(username="ciqikou")
    who = Checker(as_actor(street), scope_of(street), street.organisation_code)
    grid = Account.objects.get(username="wangge").pk
    put_in_charge(who, NewCharge(account_id=grid, area_code=street.area_code))
    return Charge.objects.get(area_code=street.area_code, ended_at=None).pk


def _check() -> int:
    """A photo of a check that Ciqikou street made in an enterprise of its own."""
    street = Account.objects.get(username="ciqikou")
    scope, now = scope_of(street), clock.now()
    place = pack(scope, "", now)["enterprises"][0]
    given = Submission(
        key="0" * 32, enterprise_id=place["id"], performed_at=now, list_at=now,
        answers={code: Answer("ok", confirmed=True) for code in place["codes"]},
    )  # fmt: skip
    submit_check(Checker(as_actor(street), scope, street.organisation_code), given)
    sink = io.BytesIO()
    Image.new("RGB", (9, 9)).save(sink, "PNG")
    taking = Taking(clock.now())
    return add_check_photo(as_actor(street), given.key, place["codes"][0], sink.getvalue(), taking)


def _paper() -> int:
    """A site record of a case that two officers of the bureau have."""
    officers = list(Account.objects.filter(username__in=("zhifa", "zhifa2")).order_by("id"))
    since, certificates = clock.today() - timedelta(days=300), []
    for one in officers:
        kept, _new = Certificate.objects.update_or_create(
            number=f"walked-{one.username}",
            defaults={"account": one, "holder": str(one), "unit": "bureau", "valid_from": since,
                      "valid_to": since + timedelta(days=2000), "kept_at": clock.now()},
        )  # fmt: skip
        certificates.append(kept.pk)
    new = NewCase(key="walked", title="走查", area_code=CIQIKOU_STREET, party_kind="unit",
                  party={"name": "走查厂"}, officers=certificates)  # fmt: skip
    doer = as_actor(officers[0]), officer_of(scope_of(officers[0]), "bureau")
    case = open_case(*doer, new)
    if not Paper.objects.filter(case=case).exists():
        now = clock.now().isoformat()
        take_step(*doer, case, "inspect", {
            "place": "厂区", "began": now, "ended": now, "present": "在场人", "finding": "正常",
            "recording": "0", "recorder": "走查仪", "length": "00:01"})  # fmt: skip
    return int(Paper.objects.filter(case=case).earliest("id").pk)


def _review() -> int:
    """Of a case that the bureau has archived."""
    legal, yesterday = Account.objects.get(username="fazhi"), clock.now() - timedelta(days=1)
    if (known := Review.objects.order_by("-id").first()) is not None:
        return int(known.pk)
    Case.objects.create(
        unit="bureau", number="walked-2", key="walked-2", title="走查", area_code=CIQIKOU_STREET,
        party_kind="unit", party="走查厂", state="ARCHIVED", opened_at=yesterday,
        closed_at=yesterday,
    )  # fmt: skip
    day = clock.today() - timedelta(days=1)
    new = NewReview(since=day - timedelta(days=1), until=day, count=1)
    return open_review(as_actor(legal), overseer(scope_of(legal), str(legal)), "500106", new)


def _evaluation() -> int:
    """Of the bureau's enforcement, opened by its legal reviewer."""
    lead, day = Account.objects.get(username="fazhi"), clock.today()
    new = NewEvaluation(since=day.replace(day=1), until=day, due_on=day)
    return open_evaluation((as_actor(lead), scope_of(lead)), new)


def _interference() -> int:
    """Recorded by an officer, handled by discipline."""
    officer, handler = (Account.objects.get(username=name) for name in ("zhifa", "jijian"))
    about = Case.objects.filter(unit="bureau").latest("id").number
    attempt = Attempt(who="走查", capacity="", how="走查", when="走查", about=about)
    return record_interference(as_actor(officer), scope_of(officer), attempt, (handler.pk,))


def _absence() -> int:
    """Of Ciqikou street, some weeks ahead: whose desk it is today stays as it is."""
    street, deputy = (Account.objects.get(username=name) for name in ("ciqikou", "ciqikould"))
    day = clock.today() + timedelta(days=40)
    return Absence.objects.create(
        account=street, deputy=deputy, first_on=day, last_on=day, said_at=clock.now()
    ).pk


class Known:
    """Real things of the lived-in district; those that belong to a street belong to Ciqikou's."""

    def __init__(self, house: House) -> None:
        self.house = house
        published = Alert.objects.filter(state="PUBLISHED").latest("id")
        street = {"area_code__startswith": CIQIKOU_STREET}
        report = Report.objects.latest("id")
        exercise = Exercise.objects.filter(owner_code=CIQIKOU_STREET).first()
        self.by_name: dict[str, Any] = {
            "incident_id": Incident.objects.latest("id").pk,
            "report_id": report.pk,
            "alarm_id": Alarm.objects.latest("id").pk,
            "run_id": ForecastRun.objects.latest("id").pk,
            "number": 0,
            "library_id": whole_library(settings.ANLAN_HOME), "centimetres": 17810,
            "token": house.token(),
            "ident": ResponsiblePerson.objects.filter(**street).latest("id").pk,
            "theme": "light",
            "z": 12, "x": 3258, "y": 1695,
            "key": "shelters",
            "alert_id": published.pk,
            "delivery_id": Delivery.objects.filter(**street).latest("id").pk,
            "area_code": HIT[0],
            "activation_id": Activation.objects.latest("id").pk,
            "task_id": Task.objects.filter(**street).first().pk,
            "exercise_id": (exercise or Exercise.objects.latest("id")).pk,
            "finding_id": 1,
            "sender_id": 1, "file_id": 1, "map_id": 1, "feed_id": 1, "cluster_id": 1,
            "rule_id": AlarmRule.objects.get(key="ciqikou:stage:warning").pk, "maintenance_id": 1,
            "event_id": OutboxEvent.objects.latest("id").pk,
            "tip_id": _tip(), "accident_id": _accident(), "listing_id": _listing(),
            "period_report_id": _period_report(), "return_id": _return(),
            "photo_id": _photo(), "source": "elsewhere", "source_id": "1",
            "enterprise_id": Enterprise.objects.filter(**street).latest("id").pk,
            "paper_id": _paper(), "review_id": _review(),
            "account_id": Account.objects.get(username="wangge").pk,
        }  # fmt: skip
        self.by_name["interference_id"] = _interference()
        self.by_name["absence_id"] = _absence()
        self.by_name["year"] = clock.today().year
        self.by_name |= {"check_photo_id": _check(), "item_code": "gen-exit"}
        self.by_name |= {
            "inspection_plan_id": _plan(),
            "charge_id": _charge(),
            "check_task_id": CheckTask.objects.filter(area_code__startswith="500106004").first().pk,
        }
        review = Sampled.objects.filter(review=self.by_name["review_id"])
        self.by_name["sampled_id"] = review.latest("id").pk
        self.by_name["patrol_photo_id"] = _patrol_photo()
        patrol = PatrolPhoto.objects.get(pk=self.by_name["patrol_photo_id"]).patrol
        self.by_name |= {
            "patrol_id": patrol.pk, "beat_id": patrol.beat_id, "patrol_part": "points",
        }  # fmt: skip
        self.by_name["evaluation_id"] = _evaluation()
        self.by_name["call_photo_id"] = _call_photo()
        self.by_name["call_id"] = CallPhoto.objects.get(pk=self.by_name["call_photo_id"]).call_id
        photo = CheckPhoto.objects.get(pk=self.by_name["check_photo_id"])
        self.by_name["check_id"] = photo.record_id
        self.by_name["case_id"] = Paper.objects.get(pk=self.by_name["paper_id"]).case_id
        self.by_name["exhibit_id"] = _exhibit(self.by_name["case_id"])
        self.by_name["danger_id"] = DangerPhoto.objects.get(pk=self.by_name["photo_id"]).danger_id
        self.by_name |= list_things(CIQIKOU_STREET)
        self.by_name |= campaign_things(self.by_name["enterprise_id"])
        self.by_name |= risk_things(self.by_name["enterprise_id"])
        self.by_name |= cover_things(self.by_name["enterprise_id"])
        self.by_name |= chemical_things(self.by_name["enterprise_id"])
        source_things(self.by_name)
        shelter = Shelter.objects.filter(**street).first().pk
        self.by_address: dict[tuple[str, str], Any] = {
            ("enterprise-file", "file_id"): keep_enterprise_file(
                as_actor(Account.objects.get(username="ciqikou")),
                "台账.csv",
                b"x",
                lambda _raw: Look(),
            ),
            ("officer-appraisal", "account_id"): Account.objects.get(username="zhifa").pk,
            ("enforcement-evaluation-paper", "form"): "pdf",
            ("api:paper_as", "form"): "pdf",
            ("api:period_report_as", "form"): "pdf",
            **dict.fromkeys(
                (
                    ("api:officer_certificate", "certificate_id"),
                    ("api:end_officer_certificate", "certificate_id"),
                ),
                officers_certificate(),
            ),
            ("api:discretion_row", "row_id"): discretion_row(),
            ("discretion-file", "file_id"): 1,
            ("take-discretion", "file_id"): 1,
            ("hotline-report-at", "token"): token_of(AREA, HIT[0]),
            ("station", "code"): "ciqikou",
            ("station-export", "code"): "ciqikou",
            ("describe-device", "code"): "ciqikou",
            ("place-station", "code"): "ciqikou",
            ("link", "listener_id"): 1,
            ("end-link", "listener_id"): 1,
            ("try-link", "listener_id"): 1,
            ("device-password", "code"): "ciqikou",
            ("device-orders", "code"): "ciqikou",
            ("order-device", "code"): "ciqikou",
            ("release-terminal", "code"): "ciqikou",
            ("pictures", "code"): "ciqikou",
            ("picture", "code"): "ciqikou",
            ("picture", "picture_id"): _picture(),
            ("flagged", "code"): "ciqikou",
            ("flagged-export", "code"): "ciqikou",
            ("judge-reading", "code"): "ciqikou",
            **{
                (name, "code"): "ciqikou"
                for name in (
                    "station-rules",
                    "new-rule",
                    "change-rule",
                    "end-rule",
                    "plan-maintenance",
                    "end-maintenance",
                )
            },
            **{
                (name, "code"): shelter
                for name in ("site", "new-site-rule", "change-site-rule", "end-site-rule")
            },
            ("change-site-rule", "rule_id"): set_rule(
                PLATFORM,
                NewRule(
                    site=shelter,
                    kind=RuleKind.EXPRESSION,
                    name="试用",
                    source="试用",
                    expression="ciqikou.stage > 199",
                ),
            ),
            ("camera", "code"): "cam-ciqikou-wharf",
            ("api:series", "code"): "ciqikou",
            ("shelter", "code"): shelter,
            ("change-shelter", "code"): shelter,
            ("change-shelter", "verb"): "open",
            ("team", "code"): Team.objects.filter(**street).first().pk,
            ("thing", "kind"): "shelter",
            ("thing", "code"): shelter,
            ("api:site", "code"): shelter,
            ("indicator", "code"): "K-14",
            ("api:indicator", "code"): "K-14",
            ("change-incident", "verb"): "settle",
            ("change-report", "verb"): "sign",
            ("change-response", "verb"): "sign",
            ("change-task", "verb"): "report",
            ("account-step", "verb"): "unlock",
        }
        self.road = Road.objects.filter(**street).first().pk
        self.reservoir = Site.objects.filter(kind="geohazard").first()

    def values(self, address: Address) -> dict[str, Any]:
        """A value for each parameter; a new parameter without one fails here, by name."""
        values = {}
        for parameter in address.parameters:
            key = (address.name, parameter)
            assert key in self.by_address or parameter in self.by_name, (
                f"{address.template} ({address.name}) has a parameter {parameter!r} that "
                "tests/scope/addresses.py cannot fill: give it a real value there"
            )
            values[parameter] = self.by_address.get(key, self.by_name.get(parameter))
        return values

    def path(self, address: Address) -> str:
        return address.filled(self.values(address)) + QUERIES.get(address.name, "")


def _exhibit(case: int) -> int:
    """A photo that an officer filed with a case."""
    officer, sink = Account.objects.get(username="zhifa"), io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(sink, "JPEG")
    doer = as_actor(officer), officer_of(scope_of(officer), "bureau")
    return file_exhibit(doer, case, "site", sink.getvalue(), "", Taking())


def _picture() -> int:
    """A picture that the gauge at Ciqikou has sent."""
    station = Station.objects.get(code="ciqikou")
    row, _new = StationPicture.objects.get_or_create(
        station=station, digest="0" * 64, at=clock.now().replace(hour=0, microsecond=0),
        defaults={"received_at": clock.now(), "width": 32, "height": 16, "size": 4,
                  "body": b"\xff\xd8\xff\xd9"},
    )  # fmt: skip
    return int(row.pk)


# What must stand after the question mark for the address to make sense.
QUERIES = {
    "map-search": "?q=磁器口",
    "map-around": "?lon=106.45&lat=29.58&km=2",
    "api:sites": "?kind=shelter",
    "api:check_coverage": "?since=2020-08-01&until=2020-08-31",
    "api:inspection_coverage": "?since=2020-08-01&until=2020-08-31",
    "api:sites_around": "?lon=106.45&lat=29.58&km=2",
    "api:search": "?q=磁器口",
    "statistics-unit": f"?area_code={CIQIKOU_STREET}",
}
