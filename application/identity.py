"""Ports of identity: the keys that an issuer signs with, and whom the record knows under a subject."""

from typing import Protocol

from joserfc.jwk import Key

from domain.terms import PersonRef


class KeysUnreachable(Exception):
    """The issuer does not answer, and the key that is needed is not among those known."""


class Keys(Protocol):
    """The public keys of one issuer."""

    async def key(self, kid: str) -> Key | None:
        """The key with this id; None when the issuer has none. Raises `KeysUnreachable`."""


class Persons(Protocol):
    """Who the record knows under the subject of a token."""

    async def person(self, issuer: str, subject: str) -> PersonRef:
        """Always the same for the same pair; random, and never derived from what it says.

        Raises `ValueError` for a subject that cannot be anybody here.
        """


class LocalIssuer(Keys, Persons, Protocol):
    """The issuer of an installation that has no other."""

    issuer: str
    audience: str

    def token(self, person: PersonRef) -> str:
        """An access token for `person`, good for a working day."""

    def sign_in_code(self, person: PersonRef) -> str:
        """A code that signs `person` in, once."""

    def redeem(self, code: str) -> PersonRef | None:
        """The person of a code that was not used before; None otherwise."""

    def local_person(self, name: str) -> PersonRef:
        """The person of this installation with this name; always the same."""
