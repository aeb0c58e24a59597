"""How a plan's cards become tasks: one for each owner that the emergency concerns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anlan.operations.response.rules.plan import CardText, Owner
from anlan.vocabulary.areas import parent
from anlan.vocabulary.clock import CHINA


@dataclass(frozen=True, slots=True)
class Community:
    """An affected community: people to move (None unknown) and when water first stands in it."""

    code: str
    name: str
    people: int | None
    water_at: datetime | None


@dataclass(frozen=True, slots=True)
class Force:
    """A team that can be called."""

    code: str
    name: str
    area_code: str
    kind: str
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A shelter that the assignment wants open, for so many people."""

    code: str
    name: str
    area_code: str
    people: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Whom the emergency concerns: the ground the cards are drawn on."""

    area_code: str
    communities: Sequence[Community] = ()
    townships: Sequence[tuple[str, str]] = ()
    departments: Sequence[tuple[str, str]] = ()
    teams: Sequence[Force] = ()
    openings: Sequence[Opening] = ()


@dataclass(frozen=True, slots=True)
class NewTask:
    """One task to give. `area_code` says who may see it, `owner_code` whose it is."""

    card_key: str
    clause: str
    title: str
    detail: str
    owner_kind: str
    owner_code: str
    owner_name: str
    area_code: str
    due_at: datetime
    report: str
    target: int | None = None

    @property
    def key(self) -> str:
        return f"{self.card_key}:{self.owner_code}"


# Order of call-out: professional teams first, mass teams last [practice, verify].
CALL_OUT = ("professional", "standing", "support", "mass")


def draw(cards: Iterable[CardText], level: int, signed_at: datetime, scene: Scene) -> list[NewTask]:
    """The tasks of a response at `level` on this scene, in the order of the cards."""
    found = []
    for card in cards:
        if level in card.levels:
            found += _OWNERS[Owner(card.owner)](card, signed_at, scene)
    return found


def still_apply(cards: Iterable[CardText], level: int) -> set[str]:
    """Keys of the cards that a response at `level` plays."""
    return {card.key for card in cards if level in card.levels}


def affected_townships(community_codes: Iterable[str]) -> list[str]:
    """The streets and towns of the communities, by code."""
    return sorted({code if len(code) <= 9 else str(parent(code)) for code in community_codes})


def first_out(teams: Iterable[Force], skill: str, count: int) -> list[Force]:
    """The teams to call: those with the skill, in call-out order, at most `count`."""
    able = [team for team in teams if skill in team.skills]
    order = {kind: place for place, kind in enumerate(CALL_OUT)}
    return sorted(able, key=lambda t: (order.get(t.kind, len(order)), t.code))[:count]


def due_before_water(card: CardText, signed_at: datetime, water_at: datetime | None) -> datetime:
    """Before the first water where that is known, but never in less than `at_least_min`."""
    due = signed_at + timedelta(minutes=card.due_min)
    if card.before_water_min and water_at is not None:
        due = min(due, water_at - timedelta(minutes=card.before_water_min))
    return max(due, signed_at + timedelta(minutes=card.at_least_min))


def _communities(card: CardText, signed_at: datetime, scene: Scene) -> list[NewTask]:
    return [
        _task(
            card, (Owner.COMMUNITY, c.code, c.name, c.code),
            due_before_water(card, signed_at, c.water_at), people=c.people, water_at=c.water_at,
        )
        for c in scene.communities
    ]  # fmt: skip


def _townships(card: CardText, signed_at: datetime, scene: Scene) -> list[NewTask]:
    due = due_before_water(card, signed_at, None)
    return [_task(card, (Owner.TOWNSHIP, code, name, code), due) for code, name in scene.townships]


def _departments(card: CardText, signed_at: datetime, scene: Scene) -> list[NewTask]:
    name = dict(scene.departments).get(card.organisation, card.organisation)
    due = due_before_water(card, signed_at, None)
    return [_task(card, (Owner.DEPARTMENT, card.organisation, name, scene.area_code), due)]


def _teams(card: CardText, signed_at: datetime, scene: Scene) -> list[NewTask]:
    due = due_before_water(card, signed_at, None)
    called = first_out(scene.teams, card.skill, card.count)
    return [_task(card, (Owner.TEAM, t.code, t.name, t.area_code), due) for t in called]


def _shelters(card: CardText, signed_at: datetime, scene: Scene) -> list[NewTask]:
    due = due_before_water(card, signed_at, None)
    return [
        _task(card, (Owner.SHELTER, s.code, s.name, s.area_code), due, people=s.people)
        for s in scene.openings
    ]


def _task(
    card: CardText,
    owner: tuple[Owner, str, str, str],
    due_at: datetime,
    *,
    people: int | None = None,
    water_at: datetime | None = None,
) -> NewTask:
    kind, code, name, area_code = owner
    water = card.water_unknown
    if water_at is not None:
        there = water_at.astimezone(CHINA)
        water = card.water_known.format(day=there.day, time=f"{there:%H:%M}")
    words = {
        "area": name, "shelter": name, "people": "—" if people is None else f"{people:,}",
        "water": water,
    }  # fmt: skip
    return NewTask(
        card.key, card.clause, card.title.format(**words), card.detail.format(**words), kind, code,
        name, area_code, due_at, card.report, people,
    )  # fmt: skip


_OWNERS = {
    Owner.COMMUNITY: _communities,
    Owner.TOWNSHIP: _townships,
    Owner.DEPARTMENT: _departments,
    Owner.TEAM: _teams,
    Owner.SHELTER: _shelters,
}
