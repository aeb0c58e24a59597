from anlan.operations.deadlines.queries.absence import (
    Away,
    answered_for,
    away,
    desks_of,
    in_sight,
    offer_colleagues,
    possible_deputies,
    stands_in_for,
)
from anlan.operations.deadlines.queries.desk import (
    DeskItem,
    desk,
    late_items,
    next_timer_at,
    places_waiting,
    waiting,
)
from anlan.operations.deadlines.queries.heads import offer_heads, offer_members
from anlan.operations.deadlines.queries.pointed import (
    keys_open,
    on_a_desk,
    on_desk_of_another,
    still_asked,
)
from anlan.operations.deadlines.rules.calendar import (
    Unit,
    after,
    hours_after,
    is_working_day,
    months_after,
)
from anlan.operations.deadlines.rules.stages import COMMITTEE

__all__ = [
    "COMMITTEE", "Away", "DeskItem", "Unit", "after", "answered_for", "away", "desk", "desks_of",
    "hours_after", "in_sight", "is_working_day", "keys_open", "late_items", "months_after",
    "next_timer_at", "offer_colleagues", "offer_heads", "offer_members", "on_a_desk",
    "on_desk_of_another", "places_waiting", "possible_deputies", "stands_in_for",
    "still_asked", "waiting",
]  # fmt: skip
