"""Which files count as photos: told by their first bytes, never by their names."""

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
