"""The name of every fact for ever, as the ledger stores it.

A name is never renamed and never used for something else, whatever becomes of the class. A field is
added last, with a default; any other change is a next version, with a function that lifts the
version before it (`Named.upcasts`). Until the tag v0.1.0 the table may still change.
"""

from infrastructure.event_mapper import Names
from infrastructure.event_names import circle, convenant_project, member, mission, sealing

EVENT_NAMES = Names(
    (*circle.NAMES, *member.NAMES, *convenant_project.NAMES, *mission.NAMES, *sealing.NAMES)
)
