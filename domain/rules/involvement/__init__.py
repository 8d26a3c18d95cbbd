"""INV: who helped to prepare may bid, if what it learned is shared and there is time (Aw 2.51).

Rule book, section 4. Below the European threshold the same duties follow from Aw 1.12 and 1.15
and the ARW's article on separation of interests (scheiding van belang).
"""

from domain.rules.involvement.exclusion import INV_04, INV_05
from domain.rules.involvement.measures import INV_02, INV_03
from domain.rules.involvement.register import INV_01

RULES = (INV_01, INV_02, INV_03, INV_04, INV_05)
