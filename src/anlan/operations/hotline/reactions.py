"""What the hotline answers to: its own timers."""

from anlan.backbone.events import reacts_to
from anlan.operations.hotline.actions import lapse_reward
from anlan.operations.hotline.events import RewardLapses


@reacts_to(RewardLapses)
def let_a_reward_lapse(event: RewardLapses) -> None:
    lapse_reward(event.tip_id)
