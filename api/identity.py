"""Who is asking: OAuth access tokens (RFC 9068), checked in one way whoever issued them.

The embedded default has a small issuer of its own; a real one is a setting. Both meet this check,
so what holds for the one is tried every day with the other. A token says who somebody is, and
nothing else: what they may do is recorded in the ledger, never in a claim.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import Key
from joserfc.jws import extract_compact

from api.problems import Problem, bad_request, unauthorised
from application.identity import Keys, KeysUnreachable, Persons
from domain.terms import PersonRef

ALGORITHMS = ("PS256", "ES256", "RS256")
TYPES = ("at+jwt", "application/at+jwt")
LEEWAY = 30
"""Seconds by which two clocks may differ."""

_REMEMBERED = 10_000
_REMEMBERED_FOR = 60.0
"""Seconds for which a checked token is not checked anew: a withdrawn key is unknown after that."""
_LONGEST = 8_192


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Whose tokens are believed, and for whom they must be meant.

    `clients`, where there are any, are the only applications that may present one (`azp`, or
    `client_id`, which RFC 9068 asks for).
    """

    issuer: str
    audience: str
    clients: frozenset[str] = frozenset()


class TokenCheck:
    """From the Authorization header to a person, or the problem that says why not."""

    def __init__(
        self,
        trust: Trust,
        keys: Keys,
        persons: Persons,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._trust = trust
        self._keys = keys
        self._persons = persons
        self._clock = clock
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": trust.issuer},
            aud={"essential": True, "value": trust.audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._known: OrderedDict[bytes, tuple[PersonRef, float]] = OrderedDict()

    async def of_header(self, authorization: str | None) -> PersonRef:
        """The person of `Authorization: Bearer ...`; raises `Problem` (401)."""
        if authorization is None:
            raise unauthorised(
                "token.missing", "send an access token: `Authorization: Bearer <token>`"
            )
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthorised("token.scheme", "the Authorization header is not `Bearer <token>`")
        return await self.person(token.strip())

    async def person(self, token: str) -> PersonRef:
        """The person of a token; raises `Problem` (401, or 503 when the issuer is silent)."""
        digest = sha256(token.encode()).digest()
        found = self._known.get(digest)
        if found is not None:
            if self._clock() < found[1]:
                return found[0]
            del self._known[digest]
        claims = await self._checked(token)
        try:
            person = await self._persons.person(claims["iss"], claims["sub"])
        except ValueError:
            raise _invalid("its subject is nobody here") from None
        until = min(self._clock() + _REMEMBERED_FOR, float(claims["exp"]) + LEEWAY)
        self._known[digest] = (person, until)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return person

    async def _checked(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST:
            raise _invalid("it is longer than a token is")
        try:
            header = extract_compact(token.encode()).headers()
        except (JoseError, ValueError, TypeError, KeyError):
            raise _invalid("it is not a signed JSON Web Token") from None
        if str(header.get("typ", "")).lower() not in TYPES:
            raise _invalid("it is not an access token: its `typ` is not at+jwt")
        key = await self._key(header.get("kid"))
        try:
            claims = jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise _invalid("it has expired; ask for a new one", code="token.expired") from None
        except (JoseError, ValueError, TypeError):
            raise _invalid("its signature, issuer, audience or term does not hold") from None
        presenter = claims.get("azp", claims.get("client_id"))
        if self._trust.clients and presenter not in self._trust.clients:
            raise _invalid("the application that presents it may not")
        return dict(claims)

    async def _key(self, kid: object) -> Key:
        if not isinstance(kid, str):
            raise _invalid("it does not name its key (`kid`)")
        try:
            key = await self._keys.key(kid)
        except KeysUnreachable:
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "issuer.unreachable",
                "the issuer of this token does not answer, so it cannot be checked; try again",
                headers={"Retry-After": "30"},
            ) from None
        if key is None:
            raise _invalid("its issuer has no such key")
        return key


def refuse_token_in_query(query: bytes) -> None:
    """A token in an address ends up in logs and histories, so it is refused there, however valid."""
    if b"access_token=" in query:
        raise bad_request(
            "token.in-query", "send the token in the Authorization header, never in the address"
        )


def _invalid(why: str, code: str = "token.invalid") -> Problem:
    problem = unauthorised(code, f"the access token cannot be used: {why}")
    problem.headers["WWW-Authenticate"] = 'Bearer realm="kringboek", error="invalid_token"'
    return problem
