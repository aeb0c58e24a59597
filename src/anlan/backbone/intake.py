"""How acknowledged lines come to the recorder: out of the spool here, or over a bus."""

from collections.abc import Sequence
from typing import Protocol

from anlan.backbone.spool import Spool

LINES = 2000  # of one delivery
DELIVERY_BYTES = 4 * 1024 * 1024  # of its lines: one may hold a picture or a long message


class Delivery(Protocol):
    """Lines as the gateway spooled them, in order. `done` when the database has them all.

    A delivery that is never done comes again.
    """

    @property
    def lines(self) -> Sequence[bytes]: ...

    def done(self) -> None: ...


class Intake(Protocol):
    """Where deliveries come from; used by one thread at a time."""

    def take(self) -> Delivery | None:
        """The next delivery, None when there is none now."""
        ...


class SpoolIntake:
    """In one process: the recorder reads what the gateway spooled."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def take(self) -> "SpoolDelivery | None":
        records = self._spool.read(
            after=self._spool.committed, limit=LINES, most_bytes=DELIVERY_BYTES
        )
        return SpoolDelivery(self._spool, records) if records else None


class SpoolDelivery:
    """Records of the spool; done, they are trimmed."""

    def __init__(self, spool: Spool, records: Sequence[tuple[int, bytes]]) -> None:
        self._spool = spool
        self._last = records[-1][0]
        self.lines: Sequence[bytes] = [line for _number, line in records]

    def done(self) -> None:
        self._spool.commit(self._last)
