"""What the bureau is told of a unit."""

from anlan.vocabulary.words import N_

TITLES = {
    "major": N_("%(unit)s: %(n)s major dangers past their deadline"),
    "zero": N_("%(unit)s: nothing found in %(month)s, nor since"),
    "nocase": N_("%(unit)s: no case filed in %(month)s, nor since"),
    "score": N_("%(unit)s: %(points)s points this year, below %(limit)s"),
}
