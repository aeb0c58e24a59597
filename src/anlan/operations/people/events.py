"""What the office of accounts tells the rooms above."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("people.account_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMoved(Event):
    """An account has another unit (organisation code) or another role than it had."""

    account_id: int
    left: str
