"""INF: information symmetry. Everybody who competes knows the same, and knows it in time.

Rule book, section 4: *gelijk aan de streep*. Below the European threshold the same tests run on
Aw 1.12 and 1.15; only a single tender (enkelvoudig onderhands), where nobody competes, lies out.
"""

from domain.rules.information.answers import INF_07, INF_08, INF_09, INF_10
from domain.rules.information.documents import INF_01, INF_02, INF_03, INF_06
from domain.rules.information.membership import INF_04, INF_05

RULES = (INF_01, INF_02, INF_03, INF_04, INF_05, INF_06, INF_07, INF_08, INF_09, INF_10)
