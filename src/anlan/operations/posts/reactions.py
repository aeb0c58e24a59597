"""Certificates that near their end, and cards whose risks were rated anew."""

from anlan.backbone.events import reacts_to
from anlan.operations.posts.actions import (
    ask_for_new_cards,
    ask_to_renew,
    follow_cards,
    follow_state,
    run_out,
)
from anlan.operations.posts.events import CertificateNearsItsEnd, CertificateRanOut
from anlan.operations.risks.events import RiskMoved
from anlan.operations.safety.events import EnterprisesCorrected


@reacts_to(CertificateNearsItsEnd)
def put_the_renewal_on_the_desk(event: CertificateNearsItsEnd) -> None:
    ask_to_renew(event.certificate_id)


@reacts_to(CertificateRanOut)
def say_that_it_ran_out(event: CertificateRanOut) -> None:
    run_out(event.certificate_id)


@reacts_to(RiskMoved)
def renew_the_cards(event: RiskMoved) -> None:
    if event.verb in ("confirm", "retire"):
        ask_for_new_cards(event.enterprise_id, event.risk_id)


@reacts_to(EnterprisesCorrected)
def renew_nothing_of_what_is_closed(event: EnterprisesCorrected) -> None:
    follow_state(event.enterprises)
    follow_cards(event.enterprises)
