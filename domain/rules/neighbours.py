"""The other projects of the same authority, each as a dossier of its own."""

from domain.dossier import Dossier
from domain.rules.case import Case
from domain.terms import ProjectId


def neighbours(case: Case) -> tuple[Dossier, ...]:
    """Every other registered project of this authority, in the order of their ids.

    They share the members of the case, so that linked undertakings are known, and no circles:
    who was in a circle is asked of the case itself.
    """
    registration = case.dossier.registration
    found = []
    for project, file in sorted(case.dossier.neighbours.items(), key=lambda item: str(item[0])):
        other = Dossier(
            id=ProjectId(project),
            position=case.dossier.position,
            project=file,
            members=case.dossier.members,
        )
        if (
            registration is not None
            and other.registration is not None
            and other.registration.fact.authority == registration.fact.authority
        ):
            found.append(other)
    return tuple(found)
