"""What the hotline answers to: its own timers, and decisions that stand no more."""

from anlan.backbone.events import reacts_to
from anlan.operations.enforcement.events import CaseMoved
from anlan.operations.hotline.actions import hear_of_decision, lapse_reward
from anlan.operations.hotline.events import RewardLapses


@reacts_to(RewardLapses)
def let_a_reward_lapse(event: RewardLapses) -> None:
    lapse_reward(event.tip_id)


@reacts_to(CaseMoved)
def flag_what_rested_on_it(event: CaseMoved) -> None:
    if event.verb in ("revoke the decision", "end the appeal") and event.danger_id is not None:
        hear_of_decision(event.danger_id, event.number)
