"""THR: what a contract is worth, on which day that counts, and which threshold it meets.

Rule book, section 1. The reference day is that of the notice's dispatch; without a notice, of the
start of the award procedure (Aw 2.15(1)).
"""

from domain.rules.estimate.lots import THR_04
from domain.rules.estimate.splitting import THR_05
from domain.rules.estimate.threshold import THR_01, THR_02, THR_06, THR_07

RULES = (THR_01, THR_02, THR_04, THR_05, THR_06, THR_07)
