"""Why an action on an alert may not happen, in words that say what and who.

English message ids, translated once at the border.
"""

from anlan.vocabulary.words import N_

NO_SUCH_ALERT = N_("There is no such alert within your area.")
WRONG_STATE = N_("Alert %(number)s is %(state)s: it cannot be %(verb)s any more.")
NOT_DRAFTED = N_("Nobody has taken on draft %(number)s yet: a duty officer does that first.")
NOT_PROPOSED = N_("Nobody has proposed to lift alert %(number)s: another person does that first.")
NO_RIGHT = N_("You may not do this at level %(level)s. Who may: %(who)s.")
OWN_WORK = N_("You took the step before (%(step)s), so another person must check it: %(who)s.")
NO_WORDS = N_("Say in one sentence why. Nothing was changed.")
NOT_COUNTED = N_(
    "It now goes to %(count)s recipients (at review: %(reviewed)s). Type the count to sign."
)
CAP_BROKEN = N_("The CAP message breaks a rule and cannot be signed: %(breach)s.")
EMPTY_AREA = N_("The area is not a usable polygon: %(why)s. Nothing was changed.")
NOTHING_IN_FORCE = N_("No alert is in force that could be updated or lifted.")
OPEN_DRAFT = N_("Alert %(number)s is already being drafted. Finish or reject it first.")
NO_SUBMISSION = N_("Alert %(number)s does not wait for the municipality.")
NO_SUCH_LEVEL = N_("Alert levels run from 1 (red) to 4 (blue).")
PAST_EXPIRY = N_("The alert would end before it begins: choose a later time.")
NO_PAPERS = N_("Alert %(number)s has no papers to file.")
