"""The file of post staff: a row a person at a post, with a certificate or without."""

from anlan.operations.posts.rules.words import CERTIFICATE_WORDS
from anlan.operations.registers.queries import Field, Kind, Register
from anlan.vocabulary.words import N_, NP_

PEOPLE = Register(
    title=NP_("register", "Post staff"),
    order=("pk",),
    fields=(
        Field(key="credit_code", word=NP_("risk", "Credit code"), required=True, longest=18),
        Field(key="post", word=NP_("post", "Post"), required=True, longest=60),
        Field(key="name", word=NP_("certificate", "Holder"), required=True, longest=30,
              personal=True),
        Field(key="kind", word=NP_("certificate", "Kind"), kind=Kind.CHOICE,
              choices=CERTIFICATE_WORDS, help=N_("Empty: no certificate.")),
        Field(key="number", word=NP_("certificate", "Number"), longest=40, personal=True),
        Field(key="issued_on", word=NP_("certificate", "Issued"), kind=Kind.DAY),
        Field(key="expires_on", word=NP_("certificate", "Expires"), kind=Kind.DAY),
    ),
)  # fmt: skip
