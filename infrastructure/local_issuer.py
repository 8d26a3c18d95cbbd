"""The issuer of an installation that has no other: it signs access tokens with a key of its own.

It stands in for a real issuer (KRINGBOEK_ISSUER), and is never there beside one. Its key lies in
the folder of keys; whoever can read that folder can be anybody, as whoever can become root can.

A sign-in code is a file named after the code's digest. It is good for one use: two processes that
redeem it at once both try to remove the file, and one of them succeeds.
"""

import hmac
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey, Key

from domain.terms import PersonRef
from infrastructure.key_files import secret

LIFETIME = 8 * 3600
"""Seconds that a token is valid: a working day."""
CODE_LIFETIME = 24 * 3600
"""Seconds in which a sign-in code can be used."""
CLIENT = "kringboek"


class LocalIssuer:
    """Signs tokens whose subject is a person of the record."""

    def __init__(
        self, folder: Path, origin: str, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._key = ECKey.import_key(secret(folder, "issuer.pem", _new_key))
        self._kid = self._key.thumbprint()
        self._public = ECKey.import_key({**self._key.as_dict(private=False), "kid": self._kid})
        self.issuer = f"urn:kringboek:issuer:{origin}"
        self.audience = f"urn:kringboek:{origin}"

    def token(self, person: PersonRef, *, lifetime: int = LIFETIME) -> str:
        """An access token for `person`, valid for `lifetime` seconds from now."""
        now = int(self._clock())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": str(person),
            "client_id": CLIENT,
            "azp": CLIENT,
            "iat": now,
            "exp": now + lifetime,
            "jti": secrets.token_urlsafe(12),
        }
        header = {"alg": "ES256", "kid": self._kid, "typ": "at+jwt"}
        return jwt.encode(header, claims, self._key, algorithms=["ES256"])

    async def key(self, kid: str) -> Key | None:
        """The public key, if this is its id."""
        return self._public if kid == self._kid else None

    async def person(self, issuer: str, subject: str) -> PersonRef:
        """The subject is the person: this issuer is told whom the record knows."""
        if issuer != self.issuer:
            raise ValueError("a token of another issuer")
        return PersonRef(UUID(subject))

    def local_person(self, name: str) -> PersonRef:
        """As `local_person`."""
        return local_person(self._folder, name)

    def sign_in_code(self, person: PersonRef) -> str:
        """A code that signs `person` in, once, within `CODE_LIFETIME`."""
        code = secrets.token_urlsafe(24)
        until = int(self._clock()) + CODE_LIFETIME
        secret(self._codes, _named(code), f"{person} {until}".encode)
        return code

    def redeem(self, code: str) -> PersonRef | None:
        """The person of a code that was not used before and is not too old; None otherwise."""
        path = self._codes / _named(code)
        try:
            person, until = path.read_text().split()
            path.unlink()
        except (FileNotFoundError, ValueError):
            return None
        return PersonRef(UUID(person)) if self._clock() < int(until) else None

    @property
    def _codes(self) -> Path:
        return self._folder / "sign-in"


def local_person(folder: Path, name: str) -> PersonRef:
    """The person of this installation with this name; always the same, and nowhere else."""
    digest = hmac.digest(secret(folder, "persons.key", _new_secret), name.encode(), "sha256")
    return PersonRef(UUID(bytes=digest[:16], version=4))


def _named(code: str) -> str:
    return sha256(code.encode()).hexdigest()


def _new_secret() -> bytes:
    return secrets.token_bytes(32)


def _new_key() -> bytes:
    return ECKey.generate_key("P-256").as_pem(private=True)
