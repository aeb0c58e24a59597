"""An annual assessment to try the platform with: cards of this year, taken through real steps."""

from datetime import timedelta
from pathlib import Path

from anlan.operations.assessment.actions.cards import open_year, take_step
from anlan.operations.assessment.models import SchemeVersion, Scorecard
from anlan.operations.assessment.queries.sheets import scheme_of
from anlan.operations.assessment.rules.scorecard import DECIDE, FILL, REVIEW, Person
from anlan.operations.people.actions import Actor
from anlan.operations.people.queries import Staff, staff
from anlan.vocabulary import clock

EVIDENCE = "台账、照片和文件已归档备查。"
REVIEWER, LEADER = "anjian", "juzhang"
# By the login of the unit: how far its card has come.
CARDS = {
    "shuili": ("submit", "review", "accept", "publish"),
    "ciqikou": ("submit", "award", "review"),
    "jingkou": ("submit", "deduct", "review", "object"),
    "shapingba": ("submit",),
    "jingxin": ("answer",),
}
GIVEN = {
    "award": {"points": "2", "what": "获评全国综合减灾示范社区（示例）"},
    "deduct": {"code": "criticised", "what": "值班脱岗被市级通报（示例）"},
    "review": {"points:duty": "8", "words:duty": "抽查两次交接记录不全。"},
    "object": {"words": "交接记录已在值班系统补录，请复核。"},
}


def load_demo_records(_actor: Actor, _folder: Path) -> int:
    """How many cards were opened. Twice adds none."""
    logins = {one.username: one for one in staff()}
    if not {REVIEWER, LEADER} <= set(logins) or SchemeVersion.on(clock.today()) is None:
        return 0
    reviewer, today = _as(logins[REVIEWER], whole=True), clock.today()
    if Scorecard.objects.exists():
        return 0
    opened = open_year(*reviewer, today.year, today + timedelta(days=20))
    for username, verbs in CARDS.items():
        unit = logins.get(username)
        rows = Scorecard.objects.select_related("scheme")
        card = rows.filter(unit_code=unit.organisation_code).first() if unit else None
        if unit is None or card is None:
            continue
        whose = {"publish": _as(logins[LEADER], whole=True)} | dict.fromkeys(
            ("award", "deduct", "review"), reviewer
        )
        for verb in verbs:
            given = GIVEN.get(verb) or _said(card, verb)
            take_step(*whose.get(verb, _as(unit)), card.pk, verb, given)
    return opened


def _said(card: Scorecard, verb: str) -> dict[str, str]:
    """Nearly all points of every item, of the first one only where nothing is submitted yet."""
    if verb not in ("answer", "submit"):
        return {}
    items = [one for one in scheme_of(card).items_of(card.kind) if one.typed]
    said = {}
    for item in items if verb == "submit" else items[:1]:
        said[f"points:{item.code}"] = f"{item.points - 0.5:g}"
        said[f"words:{item.code}"] = EVIDENCE
    return said


def _as(one: Staff, *, whole: bool = False) -> tuple[Actor, Person]:
    rights = frozenset({FILL, REVIEW, DECIDE})
    return (
        Actor(one.id, one.display_name, one.role),
        Person(id=one.id, rights=rights, organisation=one.organisation_code, whole=whole),
    )
