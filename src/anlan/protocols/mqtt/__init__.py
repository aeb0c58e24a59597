"""MQTT 3.1.1 and 5.0, and what JSON messages of sensors mean: mappings are configuration."""

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.mqtt.decoding import LONGEST, MqttDecoder, decode, split
from anlan.protocols.mqtt.encoding import encode
from anlan.protocols.mqtt.heard import LONGEST_HEARD, BrokerDecoder, Passed
from anlan.protocols.mqtt.mapping import Heard, TopicMap, Unread, ValueMap, matches, readings
from anlan.protocols.mqtt.packets import (
    LEVEL_5,
    LEVEL_311,
    Answer,
    Connack,
    Connect,
    Disconnect,
    Granted,
    Kind,
    Packet,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
    Will,
)
from anlan.protocols.mqtt.speaking import PROTOCOL, UNMAPPED, Speaker, Told, kept

__all__ = [
    "LEVEL_5", "LEVEL_311", "LONGEST", "LONGEST_HEARD", "PROTOCOL", "UNMAPPED", "Answer",
    "BrokerDecoder", "Connack", "Connect", "Disconnect", "Granted", "Heard", "Kind", "Malformed",
    "MqttDecoder", "NotEncodable", "Packet", "Passed", "Ping", "Publish", "Speaker", "Subscribe",
    "Told", "TopicMap", "Unread", "Unsubscribe", "ValueMap", "Will", "decode", "encode", "kept",
    "matches", "readings", "split",
]  # fmt: skip
