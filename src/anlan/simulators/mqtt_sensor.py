"""A sensor that publishes JSON over MQTT, as a gateway sees one: for drills, load and tests.

It publishes at QoS 1 and awaits the PUBACK; silence is answered by a new connection and the same
message again, marked as a duplicate, at most twice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from anlan.protocols import mqtt
from anlan.protocols.mqtt import LEVEL_311, Answer, Connack, Granted, Kind, MqttDecoder, Packet
from anlan.simulators.line import Line, OnLine
from anlan.vocabulary.elements import Element

RESENDS = 2


class Refused(ConnectionError):
    """The gateway did not let the sensor in; the code is that of its CONNACK."""


@dataclass
class MqttSensor(OnLine[Packet]):
    """One sensor; `device` is its user name and client. `answer_s`: real seconds until it resends.

    `publish` sends any bytes on any topic; `send` sends values by the default maps of the district
    (`geohazard/{device}/data`: ``{"time": …, "crack_width": 3.5}``), `kind` says by which.
    """

    host: str
    port: int
    device: str
    password: str = ""
    kind: str = "geohazard"
    level: int = LEVEL_311
    keep_alive_s: int = 60
    answer_s: float = 5.0
    resends: int = RESENDS
    last_answer: Packet | None = None
    obeyed: list[dict[str, Any]] = field(default_factory=list)
    _number: int = 0
    _introduced: bool = False
    _line: Line[Packet] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._line = Line(self.host, self.port, lambda: MqttDecoder(self.level))

    async def connect(self) -> None:
        """Open the line and introduce itself; raises `Refused` when it is not let in."""
        await super().connect()
        if self._introduced:
            return
        hello = mqtt.Connect(
            client=self.device, level=self.level, username=self.device,
            password=self.password.encode(), keep_alive_s=self.keep_alive_s,
        )  # fmt: skip
        await self.send_raw(mqtt.encode(hello))
        answer = await self._line.answer(lambda part: isinstance(part, Connack), self.answer_s)
        if isinstance(answer, Connack) and answer.code:
            await self.close()
            raise Refused(f"refused with code {answer.code}")
        self._introduced = True

    async def close(self) -> None:
        """Hang up."""
        self._introduced = False
        await super().close()

    async def send(self, observed_at: datetime, values: Mapping[Element, float | None]) -> bool:
        """Publish values observed at one time; True when the gateway has acknowledged them."""
        said: dict[str, Any] = {"time": observed_at.isoformat()}
        said |= {element.value: -9999 if v is None else v for element, v in values.items()}
        return await self.publish(f"{self.kind}/{self.device}/data", json.dumps(said).encode())

    async def publish(self, topic: str, payload: bytes, qos: int = 1) -> bool:
        """Publish; True when it is acknowledged (QoS 0 never is, and is True when it is sent)."""
        if not qos:
            await self.connect()
            await self.send_raw(mqtt.encode(mqtt.Publish(topic=topic, payload=payload), self.level))
            return True
        self._number = self._number % 0xFFFF + 1
        message = mqtt.Publish(topic=topic, payload=payload, qos=qos, number=self._number)
        for attempt in range(1 + self.resends):
            if await self._acknowledged(replace(message, duplicate=attempt > 0)):
                return True
            await self.close()
        return False

    async def _acknowledged(self, message: mqtt.Publish) -> bool:
        try:
            await self.connect()
            await self.send_raw(mqtt.encode(message, self.level))
            self.last_answer = await self._line.answer(
                lambda part: self.answers(part, message), self.answer_s
            )
            if message.qos == 2 and message.number is not None:
                release = Answer(kind=Kind.PUBREL, number=message.number)
                await self.send_raw(mqtt.encode(release, self.level))
                await self._line.answer(
                    lambda part: isinstance(part, Answer) and part.kind is Kind.PUBCOMP,
                    self.answer_s,
                )
        except (Refused, ConnectionRefusedError):
            raise
        except (OSError, TimeoutError):
            return False
        return True

    async def subscribe(self, topic: str = "") -> int:
        """Subscribe to its own orders, or to any topic; the code that the gateway answers."""
        await self.connect()
        name = topic or f"anlan/{self.device}/down"
        asked = mqtt.Subscribe(number=1, filters=((name, 1),))
        await self.send_raw(mqtt.encode(asked, self.level))
        answer = await self._line.answer(lambda part: isinstance(part, Granted), self.answer_s)
        return answer.codes[0] if isinstance(answer, Granted) else -1

    def answers(self, part: Packet, message: Packet) -> bool:
        if not isinstance(part, Answer) or not isinstance(message, mqtt.Publish):
            return False
        wanted = Kind.PUBACK if message.qos == 1 else Kind.PUBREC
        return part.kind is wanted and part.number == message.number

    def obey(self, order: Packet) -> list[bytes]:
        if not isinstance(order, mqtt.Publish) or order.number is None:
            return []
        self.obeyed.append(json.loads(order.payload))
        return [mqtt.encode(Answer(kind=Kind.PUBACK, number=order.number), self.level)]
