"""Which files count as photos: told by their bytes, never by their names; what they show."""

from anlan.vocabulary.words import NP_

MOST_PIXELS = 60_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
REPORT = "report"
MOMENT_WORDS = {
    "before": NP_("photo", "before"),
    "after": NP_("photo", "after"),
    REPORT: NP_("photo", "evidence of a report"),
}
