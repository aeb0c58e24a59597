"""What the posts tell the rooms above and, through links, other systems; no person is named."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("posts.certificate_nears_its_end")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNearsItsEnd(Event):
    """A certificate expires before long, if it is not replaced until then."""

    certificate_id: int


@fact("posts.certificate_ran_out")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRanOut(Event):
    """The day of a certificate is over, if it was not replaced until then."""

    certificate_id: int


@fact("posts.certificate_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateMoved(Event):
    """A certificate was kept, nears its end or has ended (`verb`); valid until `expires_on`.

    `kind` as in the register; the holder is not named.
    """

    certificate_id: int
    post_id: int
    enterprise_id: int
    kind: str
    expires_on: str
    verb: str


@fact("posts.post_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PostMoved(Event):
    """A post was opened, changed or closed, or its cards were made anew (`verb`)."""

    post_id: int
    enterprise_id: int
    verb: str


@fact("posts.meeting_held")
@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHeld(Event):
    """A shift meeting came in; of those `present` so many had `answered` the quiz by then."""

    meeting_id: int
    post_id: int
    enterprise_id: int
    present: int
    answered: int
