"""Which files count as photos: told by their first bytes, never by their names; what they show."""

from anlan.vocabulary.words import NP_

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
MOMENT_WORDS = {
    "before": NP_("photo", "before"),
    "after": NP_("photo", "after"),
    "report": NP_("photo", "evidence of a report"),
}
