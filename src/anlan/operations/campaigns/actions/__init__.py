from anlan.operations.campaigns.actions.campaigns import (
    NewCampaign,
    NewEntry,
    end_campaign,
    list_enterprise,
    open_campaign,
    put_campaign,
)
from anlan.operations.campaigns.actions.closed import follow_state, let_go_of_closed
from anlan.operations.campaigns.actions.demo import load_demo_records
from anlan.operations.campaigns.actions.steps import take_step

__all__ = [
    "NewCampaign", "NewEntry", "end_campaign", "follow_state", "let_go_of_closed",
    "list_enterprise", "load_demo_records", "open_campaign", "put_campaign", "take_step",
]  # fmt: skip
