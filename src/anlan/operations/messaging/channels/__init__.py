"""How a message leaves: one file a channel. A new channel is a new file and a row in `CHANNELS`."""

from anlan.operations.messaging.channels.console import CONSOLE
from anlan.operations.messaging.channels.contract import Channel, ChannelDown, Letter, Outcome
from anlan.operations.messaging.channels.loudspeaker import LOUDSPEAKER
from anlan.operations.messaging.channels.smtp import SMTP
from anlan.operations.messaging.channels.webhook import WEBHOOK

CHANNELS: dict[str, Channel] = {
    channel.name: channel for channel in (CONSOLE, SMTP, WEBHOOK, LOUDSPEAKER)
}

__all__ = ["CHANNELS", "Channel", "ChannelDown", "Letter", "Outcome"]
