"""A few policies and services for whoever tries the platform, taken through the real steps."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from anlan.operations.insurance.actions.engage import NewEngagement, engage, finish, rate
from anlan.operations.insurance.actions.policies import Holder, enter_policy
from anlan.operations.insurance.actions.providers import register_provider
from anlan.operations.insurance.models import Policy
from anlan.operations.insurance.rules.policies import Person
from anlan.operations.insurance.rules.words import CATASTROPHE, KEEP, LIABILITY, MANAGE
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import staff
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock

FACTORY, STORES = "91500106MA5U00001U", "91500106MA5U00002Y"
# Credit code, insurer, number, sum in 元, people, and how many days it still lasts.
POLICIES = (
    (FACTORY, "示例财产保险公司", "SL-AZX-0001", 5_000_000, 46, 21),
    (STORES, "示例财产保险公司", "SL-AZX-0002", 10_000_000, 120, 200),
    ("91500106MA5U00010R", "示例责任保险公司", "SL-AZX-0003", 8_000_000, 12, -40),
    ("91500106MA5U00007E", "示例责任保险公司", "SL-AZX-0004", 3_000_000, 60, 320),
)
PROVIDERS = (
    ("91500106MA5U90001H", "示例安全评价有限公司", ("evaluation", "testing"), "APJ-示例-001", 700),
    ("91500106MA5U90002L", "示例安全技术咨询有限公司",
     ("training", "standardisation", "trusteeship"), "", 0),
    ("91500106MA5U90003P", "示例检测技术研究院", ("testing",), "APJ-示例-003", -12),
    ("91500106MA5U90004T", "示例财产保险公司事故预防中心", ("prevention",), "", 0),
)  # fmt: skip


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """Policies in force, ending and ended, providers and ratings; how many policies. Twice adds
    none."""
    officer = next(iter(staff(role="safety_officer")), None)
    factory = enterprise_of(FACTORY)
    if officer is None or factory is None or Policy.objects.exists():
        return 0
    actor = Actor(officer.id, officer.display_name, officer.role)
    person = Person(id=officer.id, rights=frozenset({KEEP, MANAGE}))
    for code, insurer, number, yuan, people, days in POLICIES:
        firm = enterprise_of(code)
        if firm is not None:
            holder = Holder(kind=LIABILITY, enterprise_id=firm)
            enter_policy(actor, person, holder, _values(insurer, number, yuan, people, days))
    holder = Holder(kind=CATASTROPHE, name="沙坪坝区人民政府")
    values = _values("示例财产保险公司", "SL-JZX-0001", 80_000_000, None, 150)
    enter_policy(actor, person, holder, values)
    _load_services(actor, person, factory)
    return Policy.objects.count()


def _values(
    insurer: str, number: str, yuan: int, people: int | None, days: int
) -> dict[str, object]:
    ends = clock.today() + timedelta(days=days)
    return {
        "insurer": insurer, "number": number, "sum_insured": Decimal(yuan), "people": people,
        "premium": Decimal(yuan) / 250, "starts_on": ends - timedelta(days=364), "ends_on": ends,
    }  # fmt: skip


def _load_services(actor: Actor, person: Person, factory: int) -> None:
    today, ids = clock.today(), []
    for code, name, kinds, number, days in PROVIDERS:
        ends = today + timedelta(days=days) if number else None
        ids.append(register_provider(actor, person, {
            "credit_code": code, "name": name, "kinds": kinds, "qualification": number,
            "qualified_until": ends,
        }))  # fmt: skip
    own = next(iter(people_of(factory, "enterprise").items()), None)
    begin = today - timedelta(days=60)
    for provider, kind, delivered, scores in (
        (ids[0], "evaluation", "粉尘涉爆场所安全现状评价报告，问题 7 项，整改建议 7 条", (5, 4)),
        (ids[3], "prevention", "事故预防服务 1 次，隐患排查 5 项，培训 46 人", (3, 4)),
    ):
        new = NewEngagement(provider_id=provider, enterprise_id=factory, kind=kind,
                            starts_on=begin, ends_on=today + timedelta(days=30))  # fmt: skip
        pk = engage(actor, person, new)
        finish(actor, person, pk, delivered=delivered, report_on=today - timedelta(days=5))
        rate(actor, person, pk, score=scores[1], reason="现场核查，报告与现场一致。")
        if own is not None:
            manager = Person(id=own[0], rights=frozenset({KEEP}), firm=True,
                             enterprises=frozenset({factory}))  # fmt: skip
            rate(Actor(*own, "enterprise"), manager, pk, score=scores[0],
                 reason="服务人员到场，建议可操作。")  # fmt: skip
    new = NewEngagement(provider_id=ids[1], enterprise_id=factory, kind="training",
                        starts_on=begin, ends_on=today + timedelta(days=300))  # fmt: skip
    engage(actor, person, new)
