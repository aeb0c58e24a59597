"""CAP 1.2: what we write is what the schema and the prose ask; what others write is read safely."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from anlan.protocols import cap
from anlan.protocols.cap import (
    BadCap,
    CapAlert,
    CapArea,
    CapInfo,
    CapResource,
    Category,
    Certainty,
    Circle,
    MsgType,
    Reference,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from anlan.protocols.framing import Reason
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.levels import AlertLevel
from anlan.vocabulary.readings import Position

SHARED = Path(__file__).parents[2] / "../shared/protocols"
SAMPLES, SCHEMA = SHARED / "cap.json", SHARED / "CAP-v1.2.xsd"
SENT = datetime(2020, 8, 19, 20, 10, tzinfo=CHINA)
RING = (
    Position(106.4501, 29.5789),
    Position(106.46, 29.5789),
    Position(106.46, 29.59),
    Position(106.4501, 29.5789),
)
AREA = CapArea(
    description="磁器口街道沿江社区",
    polygons=(RING,),
    geocodes=(("行政区划代码", "500106004001"),),
)
INFO = CapInfo(
    language="zh-CN",
    event="洪水",
    categories=(Category.MET, Category.SAFETY),
    urgency=Urgency.EXPECTED,
    severity=Severity.EXTREME,
    certainty=Certainty.LIKELY,
    response_types=(ResponseType.EVACUATE,),
    expires=SENT + timedelta(hours=12),
    headline="沙坪坝区发布洪水红色预警",
    description="嘉陵江磁器口站预计 20 日 08 时达 194.3 米 <吴淞> & 上涨。",
    areas=(AREA,),
)
ALERT = CapAlert(
    identifier="500106-2020-0819-01",
    sender="yjj@cqspb.example",
    sent=SENT,
    status=Status.EXERCISE,
    msg_type=MsgType.UPDATE,
    scope=Scope.PUBLIC,
    note="2020 年 8 月洪水回放演练",
    references=(Reference("yjj@cqspb.example", "500106-2020-0819-00", SENT - timedelta(hours=1)),),
    infos=(INFO,),
)
DOCUMENT = """<?xml version='1.0' encoding='UTF-8'?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>500106-2020-0819-01</identifier>
  <sender>yjj@cqspb.example</sender>
  <sent>2020-08-19T20:10:00+08:00</sent>
  <status>Exercise</status>
  <msgType>Update</msgType>
  <scope>Public</scope>
  <note>2020 年 8 月洪水回放演练</note>
  <references>yjj@cqspb.example,500106-2020-0819-00,2020-08-19T19:10:00+08:00</references>
  <info>
    <language>zh-CN</language>
    <category>Met</category>
    <category>Safety</category>
    <event>洪水</event>
    <responseType>Evacuate</responseType>
    <urgency>Expected</urgency>
    <severity>Extreme</severity>
    <certainty>Likely</certainty>
    <expires>2020-08-20T08:10:00+08:00</expires>
    <headline>沙坪坝区发布洪水红色预警</headline>
    <description>嘉陵江磁器口站预计 20 日 08 时达 194.3 米 &lt;吴淞&gt; &amp; 上涨。</description>
    <area>
      <areaDesc>磁器口街道沿江社区</areaDesc>
      <polygon>29.5789,106.4501 29.5789,106.46 29.59,106.46 29.5789,106.4501</polygon>
      <geocode>
        <valueName>行政区划代码</valueName>
        <value>500106004001</value>
      </geocode>
    </area>
  </info>
</alert>
"""
FULL = replace(
    ALERT,
    source="anlan",
    scope=Scope.RESTRICTED,
    restriction="责任人",
    addresses=("a@b", "with space"),
    codes=("profile:x", "y"),
    incidents=("one", "two words"),
    infos=(
        replace(
            INFO,
            audience="沿江居民",
            event_codes=(("SAME", "FLW"),),
            effective=SENT,
            onset=SENT + timedelta(hours=1),
            sender_name="沙坪坝区应急管理局",
            instruction="立即转移",
            web="https://example.org/a",
            contact="023-0000",
            parameters=(("datum", "wusong"),),
            resources=(
                CapResource(
                    description="图", mime_type="image/png", size=12, uri="a.png", deref_uri="AA=="
                ),
            ),
            areas=(
                replace(
                    AREA,
                    circles=(Circle(Position(106.45, 29.58), 1.5),),
                    altitude=Decimal("100.5"),
                    ceiling=Decimal(200),
                ),
            ),
        ),
    ),
)


def test_an_alert_is_written_as_the_standard_lays_it_out_latitude_first() -> None:
    assert cap.encode(ALERT).decode() == DOCUMENT


@pytest.mark.parametrize("alert", [ALERT, FULL], ids=["plain", "full"])
def test_what_is_written_is_read_again(alert: CapAlert) -> None:
    assert cap.parse(cap.encode(alert)) == alert
    assert cap.check(alert) == []


@pytest.mark.skipif(not SCHEMA.exists(), reason="the OASIS schema is not beside this checkout")
@pytest.mark.parametrize("alert", [ALERT, FULL], ids=["plain", "full"])
def test_what_is_written_passes_the_oasis_schema(alert: CapAlert) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    schema.assertValid(etree.fromstring(cap.encode(alert)))


def test_a_time_has_its_offset_and_utc_is_minus_zero_never_z() -> None:
    assert cap.time_text(SENT) == "2020-08-19T20:10:00+08:00"
    assert cap.time_text(SENT.astimezone(UTC)) == "2020-08-19T12:10:00-00:00"
    assert cap.time_text(SENT.astimezone(timezone(timedelta(hours=-4)))).endswith("T08:10:00-04:00")
    with pytest.raises(BadCap, match="no offset"):
        cap.time_text(SENT.replace(tzinfo=None))


def test_the_four_colours_are_four_severities() -> None:
    assert [cap.SEVERITY[level] for level in AlertLevel] == [
        "Extreme", "Severe", "Moderate", "Minor",
    ]  # fmt: skip


def test_characters_that_xml_has_no_place_for_are_refused() -> None:
    with pytest.raises(BadCap):
        cap.encode(replace(ALERT, note="bell \x07"))


# The prose rules.


def with_info(**changed: Any) -> CapAlert:
    return replace(ALERT, infos=(replace(INFO, **changed),))


def with_area(**changed: Any) -> CapAlert:
    return with_info(areas=(replace(AREA, **changed),))


NAIVE = SENT.replace(tzinfo=None)
BROKEN = {
    "a space in the identifier": (replace(ALERT, identifier="a b"), "name-form"),
    "a comma in the sender": (replace(ALERT, sender="a,b"), "name-form"),
    "an ampersand in the sender": (replace(ALERT, sender="a&b"), "name-form"),
    "no identifier": (replace(ALERT, identifier=""), "name-form"),
    "an exercise without a note": (replace(ALERT, note=""), "note-missing"),
    "an error without a note": (
        replace(ALERT, status=Status.ACTUAL, msg_type=MsgType.ERROR, note=""),
        "note-missing",
    ),
    "an alert about nothing": (
        replace(ALERT, msg_type=MsgType.ALERT, references=(), infos=()),
        "info-missing",
    ),
    "a time without an offset": (replace(ALERT, sent=NAIVE), "time-offset"),
    "an expiry without an offset": (with_info(expires=NAIVE), "time-offset"),
    "an update of nothing": (replace(ALERT, references=()), "references-missing"),
    "a cancel of nothing": (
        replace(ALERT, msg_type=MsgType.CANCEL, references=()),
        "references-missing",
    ),
    "a reference with a space": (
        replace(ALERT, references=(Reference("a b", "c", SENT),)),
        "references-form",
    ),
    "a reference to itself": (
        replace(ALERT, references=(Reference(ALERT.sender, ALERT.identifier, SENT),)),
        "references-self",
    ),
    "a reference to the future": (
        replace(ALERT, references=(Reference("a", "b", SENT + timedelta(seconds=1)),)),
        "references-order",
    ),
    "restricted to nobody": (replace(ALERT, scope=Scope.RESTRICTED), "restriction-missing"),
    "public with a restriction": (replace(ALERT, restriction="x"), "restriction-unused"),
    "private to nobody": (replace(ALERT, scope=Scope.PRIVATE), "addresses-missing"),
    "an event without a name": (with_info(event=""), "text-missing"),
    "no category": (with_info(categories=()), "category-missing"),
    "a language that is none": (with_info(language="zh_CN"), "language-form"),
    "expired when sent": (with_info(expires=SENT), "expires-order"),
    "expired before it takes effect": (
        with_info(effective=SENT + timedelta(days=1)),
        "expires-order",
    ),
    "expired before it begins": (with_info(onset=SENT + timedelta(days=1)), "expires-order"),
    "a parameter without a name": (with_info(parameters=(("", "x"),)), "text-missing"),
    "a resource without a type": (
        with_info(resources=(CapResource(description="x", mime_type="png"),)),
        "resource-form",
    ),
    "a relative resource with nothing enclosed": (
        with_info(resources=(CapResource(description="x", mime_type="a/b", uri="c.png"),)),
        "resource-form",
    ),
    "an area without words": (with_area(description=""), "text-missing"),
    "a ring of three": (with_area(polygons=(RING[:2] + RING[:1],)), "polygon-short"),
    "an open ring": (with_area(polygons=((*RING[:3], Position(106.5, 29.6)),)), "polygon-open"),
    "longitude in the place of latitude": (
        with_area(polygons=(tuple(Position(p.lat, p.lon) for p in RING),)),
        "place-range",
    ),
    "a place that is no number": (
        with_area(circles=(Circle(Position(float("nan"), 29.5), 1),)),
        "place-range",
    ),
    "a negative radius": (with_area(circles=(Circle(RING[0], -1),)), "circle-radius"),
    "a geocode without a name": (with_area(geocodes=(("", "5001"),)), "text-missing"),
    "a ceiling without a floor": (with_area(ceiling=Decimal(3)), "ceiling-alone"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_of_the_prose_is_told_when_it_is_broken(name: str) -> None:
    alert, rule = BROKEN[name]
    assert {breach.rule for breach in cap.check(alert)} == {rule}


# What others send.


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public messages are not beside this checkout")
def test_public_messages_are_read_as_others_read_them() -> None:
    for sample in json.loads(SAMPLES.read_text("utf-8")):
        data = sample["text"].encode(sample.get("encoding", "utf-8"))
        if sample.get("invalid"):
            with pytest.raises(BadCap):
                cap.parse(data)
            continue
        expect, alert = sample["expect"], cap.parse(data)
        assert alert.identifier == expect["identifier"]
        assert alert.sender == expect["sender"]
        assert alert.sent == datetime.fromisoformat(expect["sent"])
        assert (alert.status, alert.msg_type) == (expect["status"], expect["msgType"])
        assert alert.source == expect.get("source", "")
        assert len(alert.references) == len(expect.get("references", "").split())
        assert alert.signed is expect["signed"]
        assert len(alert.infos) == expect["infos"]
        info, said = alert.infos[0], expect["info"]
        assert info.event == said["event"]
        assert [*info.categories] == said["category"]
        assert (info.urgency, info.severity) == (said["urgency"], said["severity"])
        assert info.headline == said.get("headline", "")
        for area, want in zip(info.areas, said["areas"], strict=True):
            assert area.description == want["areaDesc"]
            assert len(area.polygons) == want["polygons"]
            assert len(area.circles) == want["circles"]
            assert len(area.geocodes) == want["geocodes"]
        assert cap.parse(cap.encode(alert)) == replace(alert, signed=False)


def test_a_circle_and_a_ring_of_others_are_read_latitude_first() -> None:
    (area,) = cap.parse(cap.encode(FULL)).infos[0].areas
    assert area.circles[0].centre == Position(lon=106.45, lat=29.58)
    assert area.polygons[0][0] == Position(lon=106.4501, lat=29.5789)


def changed(old: str, new: str) -> bytes:
    assert old in DOCUMENT
    return DOCUMENT.replace(old, new).encode()


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (changed("20:10:00+08:00", "20:10:00Z"), "never Z"),
        (changed("20:10:00+08:00", "20:10:00"), "never Z"),
        (changed("2020-08-19T20:10", "2020-02-30T20:10"), "never Z"),
        (changed("<status>Exercise", "<status>Drill"), "status"),
        (changed("<event>洪水</event>", ""), "no event"),
        (changed("<scope>Public</scope>", "<scope>Public</scope>" * 2), "more than once"),
        (changed(",500106-2020-0819-00,", ","), "sender,identifier,sent"),
        (changed("29.5789,106.4501 ", "29.5789;106.4501 "), "latitude,longitude"),
        (changed("<event>洪水", "<event><b/>洪水"), "where text belongs"),
        (changed("cap:1.2", "cap:1.1"), "not a CAP 1.2 alert"),
        (b"<alert", "not XML"),
        (b"", "not XML"),
    ],
)
def test_what_is_no_cap_message_is_refused_with_the_reason(data: bytes, detail: str) -> None:
    with pytest.raises(BadCap, match=detail):
        cap.parse(data)


def with_doctype(doctype: str, text: str = "x", encoding: str = "utf-8") -> bytes:
    document = DOCUMENT.replace("'UTF-8'?>", f"'{encoding}'?>{doctype}")
    return document.replace("<event>洪水", f"<event>{text}").encode(encoding)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "data",
    [
        with_doctype('<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        with_doctype('<!DOCTYPE alert [<!ENTITY x "y">]>', "&x;", "utf-16"),
        with_doctype(f'<!DOCTYPE alert [<!ENTITY l0 "ha">{LAUGHS}]>', "&l8;"),
        with_doctype('<!DOCTYPE alert SYSTEM "http://127.0.0.1:9/evil.dtd">'),
        with_doctype("<!DOCTYPE alert>"),
    ],
)
def test_a_document_type_and_every_entity_are_refused(data: bytes) -> None:
    with pytest.raises(BadCap):
        cap.parse(data)


def test_a_huge_document_is_refused_unread() -> None:
    with pytest.raises(BadCap, match="more than") as refused:
        cap.parse(b"<alert>" + b" " * (1 << 20))
    assert refused.value.reason is Reason.RANGE


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]),
    min_size=1, max_size=20,
).filter(lambda text: text.isprintable() and '"' not in text)  # fmt: skip
degrees = st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1e6)


@given(words, words, st.lists(st.tuples(words, words), max_size=3), st.data())
def test_any_text_and_place_survives_the_journey(
    first: str, second: str, pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    ring = tuple(
        Position(data.draw(degrees), data.draw(degrees))
        for _ in range(data.draw(st.integers(1, 5)))
    )
    area = replace(AREA, description=first, polygons=(ring,), geocodes=tuple(pairs))
    info = replace(INFO, event=second, headline=first, parameters=tuple(pairs), areas=(area,))
    alert = replace(ALERT, note=f"{first} {second}", addresses=(first, second), infos=(info,))
    assert cap.parse(cap.encode(alert)) == alert


@given(st.binary(max_size=300))
def test_noise_is_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(BadCap):
        cap.parse(data)
