"""PRC: which procedure is chosen, why, and whom it lets in. Rule book, section 2."""

from domain.rules.procedure.choice import PRC_01, PRC_02, PRC_07
from domain.rules.procedure.invitees import PRC_04, PRC_10, PRC_11

RULES = (PRC_01, PRC_02, PRC_04, PRC_07, PRC_10, PRC_11)
