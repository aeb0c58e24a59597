"""The way down: an order given in the duty room reaches the gateways, wherever they run.

A desk only hurries. What the register still holds as open is handed to the gateways with the
device directory too, so an order that a desk lost (no gateway was open, a bus was away) still goes
down; a gateway knows an order by its id.
"""

import threading
from collections.abc import Callable
from typing import Protocol

from anlan.vocabulary.readings import Command

Carrier = Callable[[Command], None]


class CommandDesk(Protocol):
    """Where orders are placed and gateways listen for them."""

    def place(self, command: Command) -> None:
        """Hand the order to every gateway that listens; never blocks for a device."""

    def listen(self, carrier: Carrier) -> Callable[[], None]:
        """Call `carrier` with every order, from any thread, until the returned call."""


class LocalDesk:
    """Duty room and gateways in one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._carriers: list[Carrier] = []

    def place(self, command: Command) -> None:
        with self._lock:
            carriers = list(self._carriers)
        for carrier in carriers:
            carrier(command)

    def listen(self, carrier: Carrier) -> Callable[[], None]:
        with self._lock:
            self._carriers.append(carrier)

        def leave() -> None:
            with self._lock:
                self._carriers.remove(carrier)

        return leave


_desk: CommandDesk = LocalDesk()


def use(desk: CommandDesk) -> None:
    """Fix the process's desk; called once, at process start."""
    global _desk
    _desk = desk


def desk() -> CommandDesk:
    """The process's desk: the local one unless another was fixed."""
    return _desk
