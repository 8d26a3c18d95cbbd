"""Every rule of this build, in the order of the rule book."""

from domain.rules import (
    award,
    circle,
    convenant,
    criteria,
    estimate,
    information,
    integrity,
    involvement,
    modification,
    privacy,
    procedure,
    reasons,
    requirements,
    time_limits,
)
from domain.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *estimate.RULES,
    *procedure.RULES,
    *requirements.RULES,
    *time_limits.RULES,
    *information.RULES,
    *involvement.RULES,
    *criteria.RULES,
    *award.RULES,
    *reasons.RULES,
    *integrity.RULES,
    *modification.RULES,
    *circle.RULES,
    *convenant.RULES,
    *privacy.RULES,
)

BY_ID = {rule.id: rule for rule in RULES}
