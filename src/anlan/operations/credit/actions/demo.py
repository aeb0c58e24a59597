"""A few listings for whoever tries the platform, taken through the real steps when it is loaded."""

from pathlib import Path

from anlan.operations.credit.actions.listings import Notice, give_notice, take_step
from anlan.operations.credit.models import Listing
from anlan.operations.credit.rules.loop import Person
from anlan.operations.credit.rules.states import ANSWER, DECIDE, PROPOSE
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.safety.queries.enterprises import enterprise_of

LAW = "《中华人民共和国安全生产法》第七十八条、《安全生产严重失信主体名单管理办法》第六条"
CASES = (
    ("91500106MA5U00001U", "拒不执行停产停业整顿决定，擅自恢复抛光作业。", 12, ("object", "enter")),
    ("91500106MA5U00002Y", "提供虚假的安全生产教育培训记录。", 36, ("object",)),
    ("91500106MA5U000032", "一年内两次拒绝、阻碍安全生产检查。", 12, ()),
)


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """Listings in three states; returns how many. Twice adds none."""
    doers = []
    for role in ("safety_officer", "duty_leader", "enterprise"):
        one = next(iter(staff(role=role)), None)
        if one is None or Listing.objects.exists():
            return 0
        doers.append(Actor(one.id, one.display_name, role))
    officer, leader, manager = doers
    for code, facts, months, steps in CASES:
        firm = enterprise_of(code)
        if firm is None:
            continue
        proposer = Person(id=officer.id, rights=frozenset({PROPOSE}))
        notice = Notice(facts=facts, basis=LAW, months=months)
        pk = give_notice(officer, proposer, firm, notice)
        theirs = Person(id=manager.id, rights=frozenset({ANSWER}), enterprises=frozenset({firm}))
        decider = Person(id=leader.id, rights=frozenset({DECIDE}))
        if "object" in steps:
            take_step(manager, theirs, pk, "object", reason="事实有出入，请求复核。")
        if "enter" in steps:
            take_step(
                leader, decider, pk, "reject objection", reason="经复核，事实清楚，证据充分。"
            )
            take_step(leader, decider, pk, "enter", reason="")
    return Listing.objects.count()
