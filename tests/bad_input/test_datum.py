"""A stage in the other datum: refused where it is stated, converted where the offset is known."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.lived_in.forecasting import StandInJobs
from tests.lived_in.house import BOTH

from anlan.backbone.intake import SpoolIntake
from anlan.backbone.spool import Spool
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import Account
from anlan.operations.sensing.actions import NewStation, NewThreshold, register_stations
from anlan.operations.sensing.models import Alarm, AlarmRule, BadFrame, Reading, Station
from anlan.portal.rounds import Rounds
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum, DatumMismatch, Stage
from anlan.vocabulary.elements import Element
from anlan.vocabulary.frames import Frame, to_line
from anlan.vocabulary.readings import Reading as Said

pytestmark = BOTH
CIQIKOU = "5001060001"  # its series is Wusong
OFFSET_M = 1.64


@pytest.fixture
def recorded(house, tmp_path):
    """Record one stage that states its datum, the way a gateway hands it over."""
    spool = Spool(tmp_path / "spool")
    rounds = Rounds(SpoolIntake(spool), StandInJobs((180.0,), ()))

    def record(metres, datum, at):
        said = Said(CIQIKOU, Element.STAGE, at, metres, at, datum)
        spool.append([to_line(Frame("sl651", CIQIKOU, clock.now(), "7E7E00", (said,)))])
        rounds.settle()

    yield record
    spool.close()


def kept():
    return (
        list(Reading.objects.order_by("series", "at").values_list("series", "at", "value")),
        list(Alarm.objects.order_by("id").values_list("key", "state", "ended_at")),
    )


def test_a_frame_in_the_other_datum_is_kept_aside_and_said(recorded):
    """192.65 m Yellow Sea is 194.29 m Wusong; taken as Wusong it would hide 1.64 m of flood."""
    before = kept()
    recorded(192.65, Datum.YELLOW_SEA, clock.now())
    assert kept() == before
    bad = BadFrame.objects.latest("id")
    assert bad.reason == "other_datum"
    assert {"yellow_sea", "wusong"} <= set(bad.detail.replace(",", " ").split())
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(Account.objects.get(username="chenli"))
    page = browser.get("/stations/bad-frames").content.decode()
    assert "Stage in the other datum" in page
    assert "192.65" in bad.detail or "7E7E00" in page


def test_a_frame_in_the_series_own_datum_is_taken(recorded):
    at = clock.now() - timedelta(minutes=1)
    recorded(186.20, Datum.WUSONG, at)
    assert Reading.objects.filter(at=at, value=186.20).exists()


@pytest.fixture
def two_gauges(house):
    """Two stations of one level: one threshold said in Wusong, one in Yellow Sea."""
    marks = {"twin-a": (182.64, "wusong"), "twin-b": (181.00, "yellow_sea")}
    stations = [
        NewStation(code=code, name=code, kind="stage", device=f"500106777{n}", password=n,
                   lon=106.45, lat=29.58, area_code="500106004001", interval_s=300,
                   datum="wusong", offset_m=OFFSET_M, elements=("stage",))
        for n, code in enumerate(marks)
    ]  # fmt: skip
    limits = [
        NewThreshold(station=code, element="stage", kind="warning", value=value, datum=datum,
                     valid_from=date(2010, 1, 1))
        for code, (value, datum) in marks.items()
    ]  # fmt: skip
    register_stations(PLATFORM, stations, limits)
    return ["5001067770", "5001067771"]


@pytest.mark.parametrize(("metres", "over"), [(182.63, 0), (182.64, 2)])
def test_a_threshold_in_the_other_datum_is_the_same_water(two_gauges, tmp_path, metres, over):
    spool = Spool(tmp_path / "spool")
    rounds = Rounds(SpoolIntake(spool), StandInJobs((180.0,), ()))
    for device in two_gauges:
        said = Said(device, Element.STAGE, clock.now(), metres, clock.now(), None)
        spool.append([to_line(Frame("sl651", device, clock.now(), "7E7E00", (said,)))])
    rounds.settle()
    spool.close()
    assert Alarm.objects.filter(station_code__startswith="twin-").count() == over


def test_a_threshold_that_nobody_can_convert_is_refused_whole(house):
    before = (Station.objects.count(), AlarmRule.objects.count())
    new = NewStation(
        code="no-offset", name="无偏移站", kind="stage", device="5001067772", password=1,
        lon=106.45, lat=29.58, area_code="500106004001", interval_s=300, datum="wusong",
        offset_m=None, elements=("stage",),
    )  # fmt: skip
    limit = NewThreshold(
        station="no-offset", element="stage", kind="warning", value=181.0, datum="yellow_sea",
        valid_from=date(2010, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValueError, match="no-offset"):
        register_stations(PLATFORM, [new], [limit])
    assert (Station.objects.count(), AlarmRule.objects.count()) == before


def test_heights_of_two_datums_are_never_compared():
    with pytest.raises(DatumMismatch, match="wusong"):
        Stage(194.29, Datum.WUSONG) - Stage(184.00, Datum.YELLOW_SEA)
    over = Stage(194.29, Datum.WUSONG).to(Datum.YELLOW_SEA, OFFSET_M) - Stage(
        184.00, Datum.YELLOW_SEA
    )
    assert over == pytest.approx(8.65)
