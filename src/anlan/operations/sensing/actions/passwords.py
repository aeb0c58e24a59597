"""Give a device another password in the register, where it was changed in the device."""

from anlan.operations.people.actions import Actor, act, seal_text
from anlan.operations.sensing.models import Station
from anlan.operations.sensing.rules.passwords import password_of
from anlan.vocabulary import clock


def set_password(actor: Actor, code: str, typed: str) -> None:
    """From now on the gateways know the device by it, and the district's file leaves it alone.

    The audit keeps that it was changed, never to what. Raises `Station.DoesNotExist` and
    `BadPassword`.
    """
    with act("sensing.set_password", actor) as this:
        station = Station.objects.select_for_update().get(code=code)
        this.on("station", station.code, station.name)
        password = password_of(station.protocol, typed)
        station.password = password.number
        station.secret_sealed = seal_text(password.text)
        station.password_at = clock.now()
        station.save(update_fields=["password", "secret_sealed", "password_at"])
