"""Every rule of this build, in the order of the rule book."""

from domain.rules import information
from domain.rules.rule import Rule

RULES: tuple[Rule, ...] = (*information.RULES,)

BY_ID = {rule.id: rule for rule in RULES}
