"""CIR: who sits in a circle (kenniskring), how it rotates, what it publishes, whom it lets in.

Rule book, section 8.1. A project's verdict judges the circles that heard of it, from the project's
start to the moment of judging; where no circle did, there is nothing to judge.
"""

from domain.rules.circle.openness import CIR_08, CIR_09
from domain.rules.circle.seats import CIR_01, CIR_03, CIR_07

RULES = (CIR_01, CIR_03, CIR_07, CIR_08, CIR_09)
