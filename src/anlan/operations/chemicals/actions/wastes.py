"""Hazardous waste: its list, its movements, and what the books say of stock, age and gap."""

from datetime import date, timedelta

from anlan.operations.chemicals.actions.books import Book
from anlan.operations.chemicals.actions.desk import Word, clear, key_of, settle_term, tell
from anlan.operations.chemicals.models import Movement, Waste
from anlan.operations.chemicals.queries.terms import terms_in_force
from anlan.operations.chemicals.rules.waste import Books, Move, balance, category
from anlan.operations.chemicals.rules.words import COUNTED, HANDED
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

GAP = ":gap"


def _settle_waste(waste: Waste) -> None:
    waste.category = category(waste.code)
    waste.hazards = list(waste.hazards)


def _after_waste(waste: Waste, by: str) -> None:
    if waste.withdrawn_at is not None and waste.stock:
        raise Refused(N_("There is still stock in the books: it leaves before the waste does."))
    _tell(waste, by)


def _settle_movement(move: Movement) -> None:
    waste = Waste.objects.select_for_update().filter(pk=move.waste_id).first()
    if waste is None or waste.enterprise_id != move.enterprise_id:
        raise Refused(N_("There is no such waste of this enterprise."))
    if waste.withdrawn_at is not None:
        raise Refused(N_("The waste was withdrawn from the list."))
    if move.on > clock.today():
        raise Refused(N_("A movement is entered when it has been, not before."))
    if move.kind != COUNTED and not move.amount:
        raise Refused(N_("The amount is more than nothing."))
    handed = bool(move.manifest and move.receiver and move.licence)
    if move.kind == HANDED and not handed:
        raise Refused(N_("Waste is handed over by a manifest, to a unit with a licence: write"
                         " all three."))  # fmt: skip
    if move.kind != HANDED and (move.manifest or move.receiver or move.licence):
        raise Refused(N_("Only what is handed over has a manifest and a receiver."))


def _after_movement(move: Movement, by: str) -> None:
    """The books are made up anew; `Refused` where more would leave than was there."""
    rows = Movement.objects.filter(waste=move.waste_id, withdrawn_at=None).order_by("on", "pk")
    books = balance(Move(*row) for row in rows.values_list("kind", "on", "amount"))
    waste = Waste.objects.get(pk=move.waste_id)
    _keep(waste, books)
    _tell(waste, by)


def _keep(waste: Waste, books: Books) -> None:
    waste.stock, waste.since = books.stock, books.since
    waste.gap, waste.counted_on = books.gap, books.counted_on
    waste.save(update_fields=["stock", "since", "gap", "counted_on"])


def _tell(waste: Waste, by: str) -> None:
    settle_term(waste, WASTE.kind, last_day(waste), by)
    key = key_of(WASTE.kind, waste.pk, GAP)
    if waste.gap and waste.withdrawn_at is None:
        tell(key, waste, _gap(waste), both=True)
    else:
        clear(key, by)


def last_day(waste: Waste) -> date | None:
    """Until when the oldest of the stock may stay."""
    if waste.since is None or waste.withdrawn_at is not None:
        return None
    return waste.since + timedelta(days=terms_in_force(clock.today()).stock_days)


def ask_for_waste(waste_id: int) -> None:
    """The oldest of the stock has been there almost as long as it may."""
    waste = Waste.objects.filter(pk=waste_id, withdrawn_at=None).first()
    due = last_day(waste) if waste is not None else None
    if waste is None or due is None:
        return
    word = Word(
        title=N_("%(stock)s t of %(code)s %(name)s have been stored since %(since)s"),
        action=N_("Hand it over"), link=f"/chemicals/wastes/{waste.pk}", due_on=due,
        parameters={
            "stock": f"{waste.stock.normalize():f}", "code": waste.code, "name": waste.name,
            "since": f"{waste.since}",
        },
    )  # fmt: skip
    tell(key_of(WASTE.kind, waste.pk), waste, word, both=True)


def _gap(waste: Waste) -> Word:
    return Word(
        title=N_("%(code)s %(name)s: stock and books differ by %(gap)s t"),
        action=N_("Clear it up"), link=f"/chemicals/wastes/{waste.pk}",
        parameters={
            "code": waste.code, "name": waste.name,
            "gap": f"{waste.gap.normalize():+f}".replace("-", "−"),
        },
    )  # fmt: skip


WASTE = Book(
    kind="waste", model=Waste, said=("code", "name", "hazards", "place", "note"),
    named=("code", "name"), settle=_settle_waste, after=_after_waste,
)  # fmt: skip
MOVEMENT = Book(
    kind="movement", model=Movement, parent="waste",
    said=("kind", "on", "amount", "manifest", "receiver", "licence", "note"),
    named=("kind", "on", "manifest"), settle=_settle_movement, after=_after_movement,
)  # fmt: skip
