"""AWD: the award. Told to all with reasons, a pause to object, and an account afterwards.

Rule book, section 5. A standstill (opschortende termijn) that the tender documents promise below
the European threshold binds as well, and is counted in the same way (AWD-03).
"""

from domain.rules.award.account import AWD_06, AWD_07
from domain.rules.award.letters import AWD_01
from domain.rules.award.standstill import AWD_02, AWD_04

RULES = (AWD_01, AWD_02, AWD_04, AWD_06, AWD_07)
