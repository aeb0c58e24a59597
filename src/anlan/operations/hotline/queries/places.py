"""The places that a QR code names: an enterprise or a street, signed so that nobody walks them."""

from dataclasses import dataclass

from django.core import signing

from anlan.operations.safety.queries.signboards import signboard
from anlan.operations.territory.queries import areas

SALT = "hotline.place"
ENTERPRISE, AREA, HAZARDS = "e", "a", "h"


@dataclass(frozen=True, slots=True)
class Spot:
    """What a code fills in: an enterprise with its address, or an area; `hazard`: for its signs."""

    name: str
    area_code: str
    address: str = ""
    sector: str = ""
    enterprise_id: int | None = None
    hazard: bool = False


def token_of(kind: str, ident: object) -> str:
    """What stands in the address of a QR code."""
    return signing.Signer(salt=SALT).sign(f"{kind}{ident}")


def spot(token: str) -> Spot | None:
    """The place of a code; None where it is none of ours or the place is gone."""
    try:
        text = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    kind, ident = text[:1], text[1:]
    if kind == ENTERPRISE:
        sign = signboard(int(ident))
        if sign is None:
            return None
        return Spot(sign.name, sign.area_code, sign.address, sign.sector, int(ident))
    found = next((one for one in areas() if one.code == ident), None)
    return Spot(found.name, found.code, hazard=kind == HAZARDS) if found else None
