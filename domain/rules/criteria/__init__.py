"""AWC: award criteria. Known from the first day, the same until the last, about the tender only.

Rule book, section 5. Below the European threshold the same rules follow from the ARW 2016; the
invitation takes the place of the notice where there is none.
"""

from domain.rules.criteria.compared import AWC_01, AWC_04
from domain.rules.criteria.known_and_kept import AWC_02, AWC_03

RULES = (AWC_01, AWC_02, AWC_03, AWC_04)
