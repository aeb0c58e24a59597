"""The timer of certificates."""

from dataclasses import dataclass

from anlan.backbone.events import Event, fact


@fact("posts.certificate_nears_its_end")
@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNearsItsEnd(Event):
    """A certificate expires before long, if it is not replaced until then."""

    certificate_id: int
