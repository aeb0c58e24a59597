from anlan.operations.hotline.actions.decide import (
    Acceptance,
    accept_tip,
    close_tip,
    give_tip_more_time,
    merge_tip,
    name_handlers,
    refer_tip,
    reject_tip,
)
from anlan.operations.hotline.actions.district import load_district_files, load_terms
from anlan.operations.hotline.actions.door import door_shut, use_door
from anlan.operations.hotline.actions.identity import Identity, see_informant
from anlan.operations.hotline.actions.intake import key_of, put_tip
from anlan.operations.hotline.actions.receive import NewTip, Who, take_call, take_form
from anlan.operations.hotline.actions.reward import (
    approve_reward,
    claim_reward,
    forfeit_reward,
    lapse_reward,
    notify_of_reward,
    pay_reward,
    propose_hazard_reward,
    propose_reward,
    reply_to_tip,
    send_back_reward,
)
from anlan.operations.hotline.actions.verify import (
    Found,
    FoundSign,
    begin_verification,
    handle_tip,
    verify_sign,
    verify_tip,
)

__all__ = [
    "Acceptance",
    "Found",
    "FoundSign",
    "Identity",
    "NewTip",
    "Who",
    "accept_tip",
    "approve_reward",
    "begin_verification",
    "claim_reward",
    "close_tip",
    "door_shut",
    "forfeit_reward",
    "give_tip_more_time",
    "handle_tip",
    "key_of",
    "lapse_reward",
    "load_district_files",
    "load_terms",
    "merge_tip",
    "name_handlers",
    "notify_of_reward",
    "pay_reward",
    "propose_hazard_reward",
    "propose_reward",
    "put_tip",
    "refer_tip",
    "reject_tip",
    "reply_to_tip",
    "see_informant",
    "send_back_reward",
    "take_call",
    "take_form",
    "use_door",
    "verify_sign",
    "verify_tip",
]  # fmt: skip
