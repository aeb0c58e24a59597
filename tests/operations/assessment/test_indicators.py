"""Indicators against records made by hand: the value, the counts and the way to the records."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

import anlan.districts
from anlan.operations.accidents.models import Accident
from anlan.operations.assessment.actions import load_terms
from anlan.operations.assessment.models import Indicator, OutsideFigure
from anlan.operations.assessment.queries import counts, indicator, indicators
from anlan.operations.assessment.queries.measures import MEASURES
from anlan.operations.assessment.rules.book import BadBook, read_book
from anlan.operations.enforcement.models import Certificate as OfficerCertificate
from anlan.operations.exercises.actions import NewExercise, record_exercise
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.posts.models import Certificate as PostCertificate
from anlan.operations.posts.models import Post, Worker
from anlan.operations.resources.actions import (
    NewItem,
    NewLot,
    NewShelter,
    load_shelters,
    load_stock,
)
from anlan.operations.safety.models import Enterprise
from anlan.operations.sensing.queries import Signal
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock

FOLDER = Path(anlan.districts.__file__).parent / "shapingba"
NOW = datetime(2020, 8, 21, 18, tzinfo=CHINA)
HERE = "anlan.operations.assessment.queries.measures"


@dataclass
class AlertOut:
    """A stand-in for an alert's row: only what the measures ask of it."""

    id: int
    level: int
    published_at: datetime
    ended_at: datetime | None = None
    first_id: int = 1
    hazard: str = "flood"
    standing: str = "Exercise"
    number: str = "2020-01"
    headline: str = "洪水红色预警"
    expires_at: datetime = NOW
    mailings: dict = field(default_factory=dict)


@dataclass
class Crossing:
    id: int
    level: int | None
    began_at: datetime
    element: str = "stage"


@pytest.fixture
def book(db):
    clock.use(DrillClock(NOW))
    load_terms(PLATFORM, FOLDER)


@pytest.fixture
def records(monkeypatch):
    """What the other rooms say; nothing at first."""
    world = SimpleNamespace(alerts=[], alarms=[], accuracy=(0, 0), runs=[], funnels={})
    monkeypatch.setattr(f"{HERE}.alerts", lambda scope, states, limit: world.alerts)
    monkeypatch.setattr(f"{HERE}.alarms", lambda scope, **asked: world.alarms)
    monkeypatch.setattr(f"{HERE}.reaches", lambda: [SimpleNamespace(station="ciqikou")])
    monkeypatch.setattr(f"{HERE}.station", lambda code: SimpleNamespace(name="磁器口"))
    monkeypatch.setattr(f"{HERE}.runs", lambda limit: world.runs)
    world.funnels[()] = SimpleNamespace(must_answered=0, asked=0, acked=0, targeted=0)
    monkeypatch.setattr(f"{HERE}.funnel", lambda ids: world.funnels[tuple(ids)])
    monkeypatch.setattr(
        f"{HERE}.accuracy",
        lambda since, until: SimpleNamespace(
            qualified=world.accuracy[0], total=world.accuracy[1],
            run_ids=tuple(run.id for run in world.runs),
        ),
    )  # fmt: skip
    return world


def test_every_indicator_of_the_plan_is_defined():
    document = tomllib.loads((FOLDER / "indicators.toml").read_text(encoding="utf-8"))
    codes = {one.code.partition(".")[0] for one in read_book(document).indicators}
    assert {f"K-{n:02d}" for n in range(1, 52)} <= codes
    assert set(MEASURES) <= {one.code for one in read_book(document).indicators}


@pytest.mark.parametrize(
    ("code", "target", "direction"),
    [("K-01", 0.025, "le"), ("K-06", 15000, "lt"), ("K-14", 95, "ge"), ("K-16", 45, "ge"),
     ("K-31", 9, "lt"), ("K-36", 30, "le"), ("K-43", 0.3, "le"), ("K-44", 120, "ge"),
     ("K-45", 1.5, "ge"), ("K-47", 5000, "ge"), ("K-26.1", 67.66, "ge"), ("K-21", 590, "ge")],
)  # fmt: skip
def test_targets_are_the_plans(code, target, direction):
    document = tomllib.loads((FOLDER / "indicators.toml").read_text(encoding="utf-8"))
    one = {d.code: d for d in read_book(document).indicators}[code]
    assert (one.target, one.direction) == (target, direction)


def test_binding_and_expected_are_the_plans():
    document = tomllib.loads((FOLDER / "indicators.toml").read_text(encoding="utf-8"))
    nature = {d.code: d.nature for d in read_book(document).indicators}
    assert {c for c, n in nature.items() if n == "binding"} == {"K-01", "K-02", "K-03", "K-08"}
    assert {c for c, n in nature.items() if n == "expected"} == {"K-04", "K-05", "K-06", "K-07"}


def test_a_fault_in_the_book_names_the_indicator():
    plan = {"starts": date(2021, 1, 1), "ends": date(2025, 1, 1), "valid_from": date(2011, 1, 1),
            "source": "x"}  # fmt: skip
    with pytest.raises(BadBook, match="K-99"):
        read_book({"plan": plan, "indicator": [{"code": "K-99", "name": "x", "name_en": "x"}]})


@pytest.mark.django_db
def test_without_records_there_is_no_data_and_no_zero(book, records):
    rows = {row.id: row for row in indicators()}
    for code in (
        "K-01",
        "K-02",
        "K-03",
        "K-12",
        "K-39",
        "K-14",
        "K-16",
        "K-45",
        "K-46",
        "K-47",
        "X-01",
        "X-02",
    ):
        assert (rows[code].value, rows[code].status) == (None, "NO_DATA") or code == "K-45"
    assert not rows["K-04"].measured
    assert rows["K-01"].note
    assert rows["K-14"].note


@pytest.mark.django_db
def test_loading_the_book_twice_changes_nothing(book):
    before = Indicator.objects.count()
    load_terms(PLATFORM, FOLDER)
    assert Indicator.objects.count() == before


@pytest.mark.django_db
def test_k14_is_qualified_of_checked(book, records):
    check = SimpleNamespace(qualified=True)
    records.accuracy = (3, 4)
    records.runs = [SimpleNamespace(id=5, issued_at=NOW, error_by_lead_time=(check, check))]
    row = indicator("K-14")
    assert (row.value, row.numerator, row.denominator, row.status) == (75, 3, 4, "AT_RISK")
    assert row.evidence[0].link == "/forecasts/5"


@pytest.mark.django_db
def test_k16_is_the_mean_lead_over_every_crossing(book, records):
    noon = NOW - timedelta(days=2)
    records.alarms = [
        Crossing(1, 3, noon),
        Crossing(2, 2, noon + timedelta(hours=3)),
        Crossing(3, None, noon),
        Crossing(4, 3, noon, element="rain_hour"),
    ]
    records.alerts = [AlertOut(1, 2, noon + timedelta(hours=1))]
    row = indicator("K-16")
    assert row.value == pytest.approx((0 + 120) / 2)
    assert (row.denominator, row.status) == (2, "DONE")
    assert {one.link for one in row.evidence} == {"/stations/ciqikou", "/alerts/1"}


@pytest.mark.django_db
def test_a_test_alert_announces_nothing(book, records):
    records.alarms = [Crossing(1, 3, NOW - timedelta(hours=1))]
    records.alerts = [AlertOut(1, 1, NOW - timedelta(hours=9), standing="Test")]
    assert indicator("K-16").value == 0


@pytest.mark.django_db
def test_receipts_are_counted_over_the_alerts_of_the_year(book, records):
    records.alerts = [
        AlertOut(1, 1, NOW, mailings={"responsible": 11, "households": 12}),
        AlertOut(2, 1, NOW, mailings={"households": 13}),
        AlertOut(3, 1, NOW - timedelta(days=400), mailings={"households": 14}),
    ]
    records.funnels = {
        (11,): SimpleNamespace(must_answered=68, asked=71),
        (12, 13): SimpleNamespace(acked=3000, targeted=4000),
    }
    answered, confirmed = indicator("X-01"), indicator("X-02")
    assert (answered.numerator, answered.denominator) == (68, 71)
    assert confirmed.value == pytest.approx(75.0)
    assert [one.link for one in confirmed.evidence] == ["/alerts/1", "/alerts/2"]


@pytest.mark.django_db
def test_k37_counts_the_register_and_names_whom_nobody_has_located(book, records, monkeypatch):
    assert indicator("K-37").status == "NO_DATA"
    found = [
        Signal("bus-1", "公交 1 号", NOW, True, counted=True, classed=True),
        Signal("bus-2", "公交 2 号", None, False, counted=True, classed=True),
        Signal("taxi", "出租车", None, False, counted=False, classed=True),
        Signal("van", "面包车", NOW, True, counted=False, classed=False),
    ]
    monkeypatch.setattr(f"{HERE}.signals", lambda: found)
    row = indicator("K-37")
    assert (row.value, row.numerator, row.denominator, row.status) == (50, 1, 2, "AT_RISK")
    assert (row.evidence[0].label, row.evidence[0].link) == (
        "公交 2 号：从未定位", "/stations/bus-2",
    )  # fmt: skip
    assert row.evidence[-1].label == "未登记类别、未计入：1"


@pytest.mark.django_db
def test_k44_and_k45_count_the_shelter_register(book, records):
    load_shelters(
        PLATFORM,
        [NewShelter(code=f"S{n}", area_code="500106004001", tier="township", duration="short",
                    area_m2=1477.345) for n in range(3)],
    )  # fmt: skip
    count, area = indicator("K-44"), indicator("K-45")
    assert (count.value, count.status, count.expected) == (3, "AT_RISK", 114)
    assert area.value == pytest.approx(0.003)
    assert area.denominator == 1477345


@pytest.mark.django_db
def test_k46_counts_owners_and_names_who_is_missing(book, records):
    load_areas(
        PLATFORM,
        [NewArea(code=c, name=c, kind="district" if len(c) == 6 else "township", geometry=None,
                 lon=106.4, lat=29.5) for c in ("500106", "500106004")],
    )  # fmt: skip
    record_exercise(
        PLATFORM,
        NewExercise(name="综合演练", kind="comprehensive", owner_kind="district",
                    owner_code="500106", owner_name="沙坪坝区", area_code="500106",
                    held_on=date(2020, 5, 12)),
    )  # fmt: skip
    row = indicator("K-46")
    assert (row.value, row.numerator, row.denominator) == (50, 1, 2)
    assert "500106004" in row.evidence[0].label
    assert row.status == "AT_RISK"


@pytest.mark.django_db
def test_k47_is_the_scarcest_line(book, records):
    day = date(2020, 1, 1)
    load_stock(
        PLATFORM,
        [NewItem(code=c, name=c, unit="件", per_person=Decimal(n), norm_from=day)
         for c, n in (("bed", 1), ("quilt", 2))],
        [NewLot(code=f"L-{c}", item_code=c, store_code="S", area_code="500106",
                quantity=Decimal(n)) for c, n in (("bed", 6000), ("quilt", 9000))],
    )  # fmt: skip
    row = indicator("K-47")
    assert (row.value, row.status) == (4500, "ON_TRACK")
    assert len(row.evidence) == 2


@pytest.mark.django_db
def test_a_street_gets_no_figure_of_the_whole_district(book, records):
    new = NewAccount(
        username="ciqikou", password="a long demo password", display_name="x", role="township",
        organisation_code="500106004", area_code="500106004",
    )  # fmt: skip
    scope = scope_of(Account.objects.get(pk=open_account(PLATFORM, new)))
    records.accuracy = (3, 4)
    row = indicator("K-14", scope)
    assert (row.value, row.status) == (None, "NO_DATA")
    assert row.note


@pytest.mark.django_db
def test_the_summary_counts_every_indicator_once(book, records):
    rows = indicators()
    assert sum(number for _, _, number in counts(rows)) == len(rows)


@pytest.mark.django_db
def test_names_follow_the_readers_language(book, records):
    with translation.override("en"):
        assert indicator("K-44").name == "Emergency shelters"
    with translation.override("zh-hans"):
        assert indicator("K-44").name == "应急避难场所"


@pytest.mark.django_db
def test_all_indicators_are_read_within_a_budget(book, records, django_assert_max_num_queries):
    with django_assert_max_num_queries(27):
        indicators()


@pytest.mark.django_db
def test_deaths_in_production_are_measured_by_the_product(book):
    now = clock.now()
    made = {"number": "1", "key": "a", "deaths": 3, "level": 3, "in_production": True}
    for more in ({}, {"number": "2", "key": "b", "in_production": False},
                 {"number": "3", "key": "c", "deaths": 12, "level": 2,
                  "occurred_at": now - timedelta(days=370)}):  # fmt: skip
        Accident.objects.create(
            **({"title": "坍塌", "unit": "厂", "area_code": "500106001", "sector": "building",
                "category": "industry", "kind": "01", "occurred_at": now, "known_at": now,
                "reported_at": now} | made | more)
        )  # fmt: skip
    assert indicator("K-01").value is None
    assert indicator("K-03").value == 1
    OutsideFigure.objects.create(
        key="gdp", area_code="500106", value=150, valid_from=date(2020, 1, 1), source="统计公报"
    )
    assert indicator("K-01").value == pytest.approx(3 / 150)


@pytest.mark.django_db
def test_no_accident_is_none_where_the_register_is_kept_and_nothing_where_it_is_not(book):
    """K-03 is met by 0: an empty register that nobody keeps must not look like a success."""
    for key in ("gdp", "deaths_before"):
        OutsideFigure.objects.create(key=key, area_code="500106", value=150,
                                     valid_from=date(2020, 1, 1), source="统计公报")  # fmt: skip
    for code in ("K-01", "K-02", "K-03"):
        row = indicator(code)
        assert (row.value, row.status) == (None, "NO_DATA"), code
        assert row.note == "事故台账未启用：从未登记过事故，无法据此认定未发生事故。"
    before = NOW.replace(year=2013)  # other five years; and not in production
    Accident.objects.create(
        number="1", key="a", title="火灾", unit="厂", area_code="500106001", sector="building",
        category="industry", kind="01", level=2, deaths=10, in_production=False,
        occurred_at=before, known_at=before, reported_at=before,
    )  # fmt: skip
    row = indicator("K-03")
    assert (row.value, row.status) == (0, "DONE")
    assert (indicator("K-01").value, indicator("K-02").value) == (0, -100)


@pytest.mark.django_db
def test_deaths_are_measured_against_as_large_a_part_of_the_five_years_before(book):
    about = {"title": "坍塌", "unit": "厂", "area_code": "500106001", "sector": "building",
             "category": "industry", "kind": "01", "level": 3, "in_production": True,
             "known_at": NOW, "reported_at": NOW}  # fmt: skip
    for n, (year, deaths) in enumerate(((2014, 20), (2017, 9), (2015, 0))):
        Accident.objects.create(number=str(n), key=str(n), deaths=deaths, **about,
                                occurred_at=NOW.replace(year=year))  # fmt: skip
    part = (date(2020, 8, 21) - date(2016, 1, 1)).days + 1
    due = 20 * part / (date(2021, 1, 1) - date(2016, 1, 1)).days
    assert indicator("K-02").value == pytest.approx(100 * (9 - due) / due)
    OutsideFigure.objects.create(key="deaths_before", area_code="500106", value=30,
                                 valid_from=date(2016, 1, 1), source="统计年鉴")  # fmt: skip
    row = indicator("K-02")
    assert row.denominator == pytest.approx(due * 1.5)
    assert "统计年鉴" in row.evidence[0].label
    OutsideFigure.objects.update(valid_from=date(2011, 1, 1))  # of other five years
    assert indicator("K-02").denominator == pytest.approx(due)


@pytest.mark.django_db
def test_officers_are_qualified_by_what_their_certificates_say(book):
    for name, qualified in (("甲", "degree"), ("乙", ""), ("丙", None)):
        new = NewAccount(username=name, password="a long demo password", display_name=name,
                         role="enforcement_officer", organisation_code="bureau",
                         area_code="500106", sector="")  # fmt: skip
        pk = open_account(PLATFORM, new)
        if qualified is not None:
            OfficerCertificate.objects.create(
                account_id=pk, holder=name, number=name, unit="bureau", qualified=qualified,
                valid_from=date(2019, 1, 1), valid_to=date(2024, 1, 1), kept_at=NOW)  # fmt: skip
    row = indicator("K-12")
    assert (row.numerator, row.denominator) == (1, 3)


@pytest.mark.django_db
def test_certificates_are_counted_by_what_the_posts_need(book):
    firm = Enterprise.objects.create(
        name="厂", credit_code="91350100M000100Y43", area_code="500106001", sector="industry",
        state="open", registered_at=NOW, changed_at=NOW)  # fmt: skip
    post = Post.objects.create(enterprise=firm, name="焊工", certificates=["welder", "height"],
                               opened_at=NOW)  # fmt: skip
    for n, (kinds, until) in enumerate(((("welder", "height"), 400), (("welder",), -1), ((), 0))):
        one = Worker.objects.create(post=post, name_sealed=b"", shown="某", since=NOW,
                                    until=None if n < 2 else NOW)  # fmt: skip
        for kind in kinds:
            PostCertificate.objects.create(
                enterprise=firm, worker=one, kind=kind, number_sealed=b"", shown="*",
                digest=f"{n}{kind}", expires_on=NOW.date() + timedelta(days=until), kept_at=NOW,
                kept_by="x")  # fmt: skip
    row = indicator("K-39")
    assert (row.numerator, row.denominator) == (2, 4)
