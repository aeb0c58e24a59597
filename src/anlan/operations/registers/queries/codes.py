"""QR codes of this house's own pages, for print."""

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe


def qr(path: str) -> SafeString:
    """The code of a page, as SVG; it leads to the address that people know the house by."""
    address = settings.ANLAN_PUBLIC_URL.rstrip("/") + path
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2)
    return mark_safe(drawn)  # noqa: S308 - drawn here, of our own address
