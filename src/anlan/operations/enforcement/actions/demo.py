"""A few cases for whoever tries the platform, taken through the real steps when it is loaded."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from anlan.operations.enforcement.actions.open import NewCase, open_case
from anlan.operations.enforcement.actions.take import take_step
from anlan.operations.enforcement.models import DiscretionRow
from anlan.operations.enforcement.queries.officers import certificates_on
from anlan.operations.enforcement.rules.loop import Person
from anlan.operations.enforcement.rules.states import DECIDE, HANDLE, REVIEW, VIEW
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.safety.queries.dangers import danger_of
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.vocabulary import clock

UNIT = "bureau"
ROLES = {
    "officer": ("enforcement_officer", HANDLE),
    "legal": ("legal_reviewer", REVIEW),
    "leader": ("bureau_leader", DECIDE),
}
Script = Sequence[tuple[str, str, Mapping[str, str]]]
_FILMED = {"recorder": "执法记录仪 0107，区局采集站", "length": "18:20"}
Doers = Mapping[str, tuple[Actor, Person]]


def load_demo_records(actor: Actor, _folder: Path) -> int:
    """Cases in several states, where it can be out of a demo danger; returns how many.

    None where nobody could handle them: no certificate is valid on the day (a drill of the past).
    """
    doers, today = _doers(), clock.today()
    valid = certificates_on(today).filter(unit=UNIT).order_by("pk")
    officers = list(valid.values_list("pk", flat=True)[:2])
    if len(doers) < len(ROLES) or len(officers) < 2:
        return 0
    cases = (
        ("demo-dust", "除尘系统停用从事抛光作业", "500106008", "unit",
         {"name": "鑫源五金厂", "id_number": "91500106MA5U00001U", "principal": "唐勇",
          "address": "井口工业园 A3", "phone": "13800000107"}, _served()),
        ("demo-aisle", "成品堆放占用疏散通道", "500106008", "unit",
         {"name": "鑫源五金厂", "id_number": "91500106MA5U00001U", "principal": "唐勇",
          "address": "井口工业园 A3", "phone": "13800000107"}, _warned()),
        ("demo-training", "未按规定开展安全生产教育培训", "500106008", "unit",
         {"name": "渝北冷链仓储", "id_number": "91500106MA5U00002Y", "principal": "何川",
          "address": "井口工业园 B 区", "phone": "13800000112"}, _notified()),
        ("demo-fireworks", "违反烟花爆竹禁放规定", "500106004", "person",
         {"name": "张建国", "id_number": "500106198001010017", "address": "金蓉正街 20 号",
          "phone": "13800000119"}, _on_the_spot()),
        *_archived(),
    )  # fmt: skip
    for key, title, area, kind, party, script in cases:
        new = NewCase(key=key, title=title, area_code=area, party_kind=kind, party=party,
                      officers=officers,
                      enterprise_id=enterprise_of(party["id_number"]),
                      danger_id=danger_of(key))  # fmt: skip
        pk = open_case(*doers["officer"], new)
        for who, verb, given in script:
            take_step(*doers[who], pk, verb, given)
    return len(cases)


def _archived() -> Iterator[tuple[str, str, str, str, Mapping[str, str], Script]]:
    """Small cases that are over, for whoever reviews closed files."""
    law = (("demo-closed-1", "成品堆放占用疏散通道", "渝西五金经营部", "500106008"),
           ("demo-closed-2", "仓库疏散通道堆放货物", "双碑建材门市", "500106007"),
           ("demo-closed-3", "车间安全出口被设备遮挡", "井口印刷厂", "500106008"))  # fmt: skip
    for key, title, name, area in law:
        party = {"name": name, "id_number": "示例", "principal": "示例", "address": "示例地址"}
        yield key, title, area, "unit", party, (*_warned(), *_ended())


def _ended() -> Script:
    return (
        ("officer", "publish", {}),
        ("officer", "execute", {"how": "当场改正，警告已送达。"}),
        ("officer", "recheck", {"finding": "通道畅通，已整改到位。"}),
        ("leader", "archive", {"result": "已整改，结案归档。"}),
    )


def _doers() -> Doers:
    found = {}
    for key, (role, right) in ROLES.items():
        one = next((one for one in staff(role=role) if one.organisation_code == UNIT), None)
        if one is not None:
            person = Person(id=one.id, rights=frozenset({VIEW, right}), organisation=UNIT)
            found[key] = (Actor(one.id, one.display_name, role), person)
    return found


def _row(code: str) -> str:
    return str(DiscretionRow.objects.get(code=code).pk)


def _inspected(finding: str, present: str) -> Script:
    begin = clock.now() - timedelta(hours=2)
    return (
        ("officer", "inspect", {
            "place": "生产作业场所", "began": begin.isoformat(),
            "ended": (begin + timedelta(hours=1)).isoformat(), "present": present,
            "finding": finding, "recording": "ZF-0107-01", **_FILMED,
        }),
    )  # fmt: skip


def _filed(facts: str, items: str, basis: str) -> Script:
    today = clock.today()
    return (
        ("officer", "order", {"items": items, "basis": basis,
                              "until": (today + timedelta(days=15)).isoformat()}),
        ("officer", "propose filing", {"facts": facts, "basis": basis,
                                       "ended_on": today.isoformat(), "harm": "no"}),
        ("leader", "file", {"opinion": "同意立案。"}),
    )  # fmt: skip


def _served() -> Script:
    facts = "抛光间除尘系统停用，5 名员工仍在作业，现场粉尘积厚约 1 毫米。"
    law = "《中华人民共和国安全生产法》第三十六条第二款"
    return (
        *_inspected(facts, "唐勇"), *_filed(facts, "立即恢复除尘系统，清扫积尘后方可作业。", law),
        ("officer", "investigate", {
            "facts": facts, "evidence": "现场检查记录、现场照片 6 张、询问笔录 2 份、设备台账。",
            "row": _row("AQ-099-2"), "circumstances": "除尘设备 1 套停用，检查后主动停产整改。",
            "amount": "20000",
        }),
        ("officer", "notify", {}),
        ("officer", "serve the notice", {"how": "direct", "on": clock.today().isoformat(),
                                         "receiver": "唐勇", "place": "井口工业园 A3",
                                         "recording": "ZF-0107-05", **_FILMED}),
        ("officer", "waive", {"statement": "对拟处罚内容无异议，放弃陈述申辩。"}),
        ("legal", "review", {"opinion": "主体适格，事实清楚，程序合法，裁量适当，同意。"}),
        ("leader", "decide", {"amount": "20000", "reasons": "主动整改，处基准内较低数额。"}),
        ("officer", "serve", {"how": "direct", "on": clock.today().isoformat(), "receiver": "唐勇",
                              "place": "井口工业园 A3", "recording": "ZF-0107-02", **_FILMED}),
        ("officer", "publish", {}),
        ("officer", "record a payment", {"amount": "8000", "on": clock.today().isoformat(),
                                         "receipt": "示例-000107"}),
    )  # fmt: skip


def _warned() -> Script:
    facts = "成品堆放占用疏散通道 1 处，当场清理完毕。"
    return (
        *_inspected(facts, "唐勇"),
        ("officer", "fine on the spot", {"facts": facts, "row": _row("BF-045-1"),
                                         "others": "warning", "statement": "无异议，已整改。"}),
        ("officer", "serve", {"how": "direct", "on": clock.today().isoformat(), "receiver": "唐勇",
                              "place": "井口工业园 A3", "recording": "ZF-0107-04", **_FILMED}),
    )  # fmt: skip


def _notified() -> Script:
    facts = "6 名新上岗叉车、冷库作业人员未经安全生产教育培训合格即上岗作业。"
    law = "《中华人民共和国安全生产法》第二十八条第一款"
    return (
        *_inspected(facts, "何川"), *_filed(facts, "未经培训合格的人员停止上岗，补齐培训。", law),
        ("officer", "investigate", {
            "facts": facts, "evidence": "现场检查记录、花名册、培训档案、询问笔录 3 份。",
            "row": _row("AQ-097-2"), "circumstances": "6 人未经培训上岗，属四人以上十人以下。",
            "amount": "50000",
        }),
        ("officer", "notify", {}),
        ("officer", "serve the notice", {"how": "direct", "on": clock.today().isoformat(),
                                         "receiver": "何川", "place": "井口工业园 B 区",
                                         "recording": "ZF-0107-06", **_FILMED}),
    )  # fmt: skip


def _on_the_spot() -> Script:
    facts = "在禁放区域内燃放烟花，当场停止并清理。"
    return (
        *_inspected(facts, "当事人本人"),
        ("officer", "fine on the spot", {"facts": facts, "row": _row("AQ-YH-P"), "amount": "150",
                                         "statement": "无异议。"}),
        ("officer", "serve", {"how": "direct", "on": clock.today().isoformat(),
                              "receiver": "当事人本人", "place": "金蓉正街",
                              "recording": "ZF-0107-03", **_FILMED}),
    )  # fmt: skip
