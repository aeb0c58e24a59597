"""So many uses of a public door an hour, counted for all processes, and no sender remembered.

Wrong codes with which a reward is claimed are counted so too, by report.
"""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.db.models import F

from anlan.operations.hotline.models import DoorCount
from anlan.vocabulary import clock

# Door: how often, within how many seconds. Phones of one carrier share an address [pv].
LIMITS = {"report": (30, 3600), "follow": (20, 600), "claim": (10, 86_400)}
BUCKET_BITS = 16


def use_door(door: str, address: str) -> bool:
    """Count one use; False when it is one too many. Inside the caller's transaction, if any."""
    most, _per_s = LIMITS[door]
    spell = _spell(door)
    DoorCount.objects.filter(door=door, spell__lt=spell).delete()
    bucket = _bucket(door, spell, address)
    mine, _made = DoorCount.objects.get_or_create(door=door, spell=spell, bucket=bucket)
    free = DoorCount.objects.filter(pk=mine.pk, times__lt=most)
    return bool(free.update(times=F("times") + 1))


def door_shut(door: str, address: str) -> bool:
    """Has this network used the door as often as it may? Counts nothing."""
    spell = _spell(door)
    mine = DoorCount.objects.filter(door=door, spell=spell, bucket=_bucket(door, spell, address))
    return mine.filter(times__gte=LIMITS[door][0]).exists()


def _spell(door: str) -> int:
    return int(clock.now().timestamp()) // LIMITS[door][1]


def _bucket(door: str, spell: int, address: str) -> int:
    said = f"hotline:{door}:{spell}:{_network(address)}".encode()
    digest = hmac.new(settings.ANLAN_DATA_KEY, said, hashlib.sha256).digest()
    return int.from_bytes(digest[: BUCKET_BITS // 8])


def _network(address: str) -> str:
    """An IPv4 address, or the /64 that one subscriber has of IPv6."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return f"{int(known) >> 64:x}" if isinstance(known, IPv6Address) else address
