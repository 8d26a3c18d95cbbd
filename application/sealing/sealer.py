"""Which words of a command are sealed, before any decider sees them.

A field of the domain that is `Sealed` arrives at the doors as plain text. Every command that holds
such text gets one key of its own, so that forgetting a person is forgetting the keys of the facts
that mention the person. A field that may be either (an organisation's name) is sealed when the
form of the organisation makes its name personal data.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

from application.forms import form
from application.ports import Vault
from application.sealing.scheme import commitment, seal
from application.shapes import camel_case
from domain.member.organisation import PERSONAL_FORMS, LegalForm, RegisterMember
from domain.sealing import KeyId
from domain.terms import Sealed

_SEALED_FORMS = [*PERSONAL_FORMS, LegalForm.UNKNOWN]
"""An organisation of which nobody knows the form may be one person."""

Envelop = Callable[[str, str], Sealed]
"""Field and text to a sealed value."""


@dataclass(frozen=True, kw_only=True)
class NewKey:
    """A key that was made for one command; `commitment` may be published."""

    kid: KeyId
    commitment: bytes


@dataclass(frozen=True, kw_only=True)
class SealedWords:
    """The JSON form of a command with its confidences sealed; `key` None when it had none."""

    plain: Mapping[str, Any]
    key: NewKey | None


class Sealer:
    """Seals the texts of commands under fresh keys of the vault (kluis)."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal_fields(self, cls: type, plain: Mapping[str, Any], stream: UUID) -> SealedWords:
        """`plain`, the JSON form of a command of class `cls`, with its confidences sealed.

        A key is created only when there is something to seal. Text that is sealed already stays
        as it is. A crash after this and before the append leaves a key that seals nothing.
        """
        wanted = sealed_fields(cls, plain)
        if not wanted:
            return SealedWords(plain=plain, key=None)
        kid = uuid4()
        key = await self._vault.create(kid)
        sealed = {
            name: form(Sealed).write(seal(kid, key, name, stream, value))
            if name in wanted and isinstance(value, str)
            else value
            for name, value in plain.items()
        }
        return SealedWords(
            plain=sealed, key=NewKey(kid=KeyId(kid), commitment=commitment(kid, key))
        )


_CONFIDENTIAL: dict[type, frozenset[str]] = {}


def confidential(cls: type) -> frozenset[str]:
    """The names, in JSON, of the fields of `cls` that are sealed, always or for some."""
    if cls not in _CONFIDENTIAL:
        hints = get_type_hints(cls)
        _CONFIDENTIAL[cls] = frozenset(
            camel_case(name) for name in hints if Sealed in _options(hints[name])
        )
    return _CONFIDENTIAL[cls]


def sealed_fields(cls: type, plain: Mapping[str, Any]) -> frozenset[str]:
    """The fields of `plain`, the JSON form of a command of class `cls`, that are to be sealed."""
    hints = {camel_case(name): hint for name, hint in get_type_hints(cls).items()}
    personal = cls is RegisterMember and plain.get("legalForm") in _SEALED_FORMS
    return frozenset(
        name
        for name, value in plain.items()
        if isinstance(value, str)
        and name in hints
        and Sealed in (options := _options(hints[name]))
        and (str not in options or personal)
    )


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
