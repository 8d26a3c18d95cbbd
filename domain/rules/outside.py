"""Contracts under law that Kringboek does not model: they are recorded, and not judged."""

from domain.convenant_project.provenance import NoticeImported
from domain.dossier import Dossier
from domain.terms import Text


def outside(dossier: Dossier) -> Text | None:
    """Why no rule has anything to say of this contract; None where the rules are its law.

    An imported notice says so with its reason, also where the law is none that the record has a
    name for; the start of a procedure names the regime alone.
    """
    for imported in dossier.project.of(NoticeImported):
        if imported.fact.outside is not None:
            return imported.fact.outside.why
    procedure = dossier.procedure
    if procedure is None or procedure.fact.outside_regime is None:
        return None
    regime = procedure.fact.outside_regime
    return Text(
        nl=f"deze opdracht valt buiten de gemodelleerde regels ({regime})",
        en=f"this contract lies outside the law that is modelled ({regime})",
    )
