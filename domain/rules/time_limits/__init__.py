"""TML: time limits. Enough time to tender, the same for all, and more of it when things change.

Rule book, section 3. Terms are whole calendar days; day 0 is the day of dispatch. Below the
European threshold TML-03 to TML-05 run on Aw 1.12 and 1.15 and the ARW 2016.
"""

from domain.rules.time_limits.changes import TML_05
from domain.rules.time_limits.documents_online import TML_03
from domain.rules.time_limits.invitations import TML_08
from domain.rules.time_limits.questions import TML_04
from domain.rules.time_limits.tender_period import TML_01

RULES = (TML_01, TML_03, TML_04, TML_05, TML_08)
