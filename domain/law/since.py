"""Days on which law began; a rule names one of them as its `since`."""

from datetime import date

AW_2012 = date(2013, 4, 1)
"""The Aanbestedingswet 2012 came into force."""
AW_2016 = date(2016, 7, 1)
"""Its amendment for Directive 2014/24/EU came into force (THR-08)."""
