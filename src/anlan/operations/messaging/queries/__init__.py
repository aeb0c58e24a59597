from anlan.operations.messaging.channels import CHANNELS
from anlan.operations.messaging.queries.funnel import (
    ChannelCount,
    Funnel,
    Pace,
    funnel,
    funnels,
    pace,
)
from anlan.operations.messaging.queries.pages import (
    DeliveryPage,
    delivery_by_token,
    successor_link,
)
from anlan.operations.messaging.queries.recipients import (
    DeliveryRow,
    MailingRow,
    RecipientRow,
    call_outcomes,
    delivery,
    help_asked,
    mailing,
    mailings,
    recipients,
    sent_about,
    unanswered,
    unreached,
)
from anlan.operations.messaging.queries.spoken import spoken_chinese, spoken_time
from anlan.operations.messaging.rules import (
    LinkExpired,
    LinkFault,
    LinkForged,
    fill,
    slots_of,
    sms_parts,
)


def channel_carries(name: str, standing: str) -> bool:
    """Is there a channel of this name, and may it carry a message of this standing?"""
    channel = CHANNELS.get(name)
    return channel is not None and standing in channel.standings


__all__ = [
    "ChannelCount",
    "DeliveryPage",
    "DeliveryRow",
    "Funnel",
    "LinkExpired",
    "LinkFault",
    "LinkForged",
    "MailingRow",
    "Pace",
    "RecipientRow",
    "call_outcomes",
    "channel_carries",
    "delivery",
    "delivery_by_token",
    "fill",
    "funnel",
    "funnels",
    "help_asked",
    "mailing",
    "mailings",
    "pace",
    "recipients",
    "sent_about",
    "slots_of",
    "sms_parts",
    "spoken_chinese",
    "spoken_time",
    "successor_link",
    "unanswered",
    "unreached",
]
