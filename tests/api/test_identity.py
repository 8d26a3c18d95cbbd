"""One check for every token, whoever issued it; and everything that a token must not get past."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, RSAKey

from api.identity import TokenCheck, Trust, refuse_token_in_query
from api.problems import Problem
from application.identity import KeysUnreachable
from domain.terms import PersonRef
from infrastructure.local_issuer import LocalIssuer

ISSUER = "https://id.voorbeeld.nl"
AUDIENCE = "https://kring.voorbeeld.nl"
PERSON = PersonRef(UUID("00000000-0000-4000-8000-00000000beef"))
EC = ECKey.generate_key("P-256", parameters={"kid": "ec"})
RSA = RSAKey.generate_key(2048, parameters={"kid": "rsa"})


class KeysInHand:
    """The keys of an issuer that answers, or does not."""

    def __init__(self, *keys: Key, silent: bool = False) -> None:
        self._keys = {str(key.kid): key for key in keys}
        self._silent = silent

    async def key(self, kid: str) -> Key | None:
        if self._silent:
            raise KeysUnreachable
        return self._keys.get(kid)


class OnePerson:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def person(self, issuer: str, subject: str) -> PersonRef:
        self.asked.append((issuer, subject))
        if subject == "niemand":
            raise ValueError
        return PERSON


def claims(**other: Any) -> dict[str, Any]:
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "piet", "exp": int(time.time()) + 60,
            "client_id": "balie"}  # fmt: skip
    return {name: value for name, value in (said | other).items() if value is not None}


def token(
    said: Mapping[str, Any] | None = None, key: Key = EC, alg: str = "ES256", **header: Any
) -> str:
    head = {"alg": alg, "kid": key.kid, "typ": "at+jwt"} | header
    given = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(
        given, dict(claims() if said is None else said), key, algorithms=[alg], default_type=None
    )


def check(*, clients: frozenset[str] = frozenset(), keys: KeysInHand | None = None) -> TokenCheck:
    trust = Trust(issuer=ISSUER, audience=AUDIENCE, clients=clients)
    return TokenCheck(trust, keys or KeysInHand(EC, RSA), OnePerson())


def refusal(said: str | None, checking: TokenCheck | None = None) -> Problem:
    with pytest.raises(Problem) as found:
        asyncio.run((checking or check()).of_header(said))
    return found.value


@pytest.mark.parametrize(("key", "alg"), [(EC, "ES256"), (RSA, "RS256"), (RSA, "PS256")])
def test_a_token_of_the_issuer_is_a_person(key: Key, alg: str) -> None:
    said = f"Bearer {token(key=key, alg=alg)}"
    assert asyncio.run(check().of_header(said)) == PERSON


def test_a_token_may_be_meant_for_others_as_well() -> None:
    several = token(claims(aud=["https://elders.example", AUDIENCE]))
    assert asyncio.run(check().person(several)) == PERSON


def encoded(*parts: Mapping[str, Any]) -> str:
    return ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
    )


def unsigned() -> str:
    return encoded({"alg": "none", "typ": "at+jwt", "kid": "ec"}, claims()) + "."


def signed_with_the_public_key() -> str:
    """The oldest trick: the public key as the secret of an HMAC."""
    said = encoded({"alg": "HS256", "typ": "at+jwt", "kid": "ec"}, claims())
    signature = hmac.digest(EC.as_pem(private=False), said.encode(), "sha256")
    return f"{said}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def tampered() -> str:
    head, body, signature = token().split(".")
    plain = json.loads(base64.urlsafe_b64decode(body + "=="))
    other = json.dumps(plain | {"sub": "jan"}).encode()
    return f"{head}.{base64.urlsafe_b64encode(other).decode().rstrip('=')}.{signature}"


STRANGER = ECKey.generate_key("P-256", parameters={"kid": "ec"})
WRONG = {
    "no key named": token(kid=None),
    "a key of nobody": token(key=ECKey.generate_key("P-256", parameters={"kid": "vreemd"})),
    "the name of a key, another key": token(key=STRANGER),
    "an identity token": token(typ="JWT"),
    "no type": token(typ=None),
    "another issuer": token(claims(iss="https://kwaad.example")),
    "meant for others": token(claims(aud="https://elders.example")),
    "meant for nobody": token(claims(aud=None)),
    "no end": token(claims(exp=None)),
    "an end in words": token(claims(exp="morgen")),
    "nobody": token(claims(sub=None)),
    "nobody here": token(claims(sub="niemand")),
    "not valid yet": token(claims(nbf=int(time.time()) + 600)),
    "unsigned": unsigned(),
    "signed with the public key": signed_with_the_public_key(),
    "tampered with": tampered(),
    "not a token": "hallo",
    "three parts of nothing": "a.b.c",
    "far too long": "a" * 10_000,
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_token_of_ours_is_refused(name: str) -> None:
    problem = refusal(f"Bearer {WRONG[name]}")
    assert (problem.status, problem.code) == (401, "token.invalid")
    assert 'error="invalid_token"' in problem.headers["WWW-Authenticate"]


def test_an_old_token_says_so() -> None:
    assert refusal(f"Bearer {token(claims(exp=int(time.time()) - 60))}").code == "token.expired"


def test_clocks_may_differ_by_half_a_minute() -> None:
    late = token(claims(exp=int(time.time()) - 10))
    assert asyncio.run(check().person(late)) == PERSON


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (None, "token.missing"),
        ("", "token.scheme"),
        ("Basic cGlldDpnZWhlaW0=", "token.scheme"),
        ("Bearer", "token.scheme"),
        ("Bearer ", "token.scheme"),
    ],
)
def test_without_a_token_one_is_asked_for(said: str | None, code: str) -> None:
    problem = refusal(said)
    assert (problem.status, problem.code) == (401, code)
    assert problem.headers["WWW-Authenticate"].startswith("Bearer")


def test_only_applications_that_are_named_may_present_one() -> None:
    strict = check(clients=frozenset({"balie"}))
    assert asyncio.run(strict.person(token())) == PERSON
    assert asyncio.run(strict.person(token(claims(azp="balie", client_id="x")))) == PERSON
    for other in (claims(client_id="elders"), claims(client_id=None), claims(azp="elders")):
        assert refusal(f"Bearer {token(other)}", strict).code == "token.invalid"


def test_a_silent_issuer_is_no_reason_to_believe_or_to_refuse() -> None:
    problem = refusal(f"Bearer {token()}", check(keys=KeysInHand(silent=True)))
    assert (problem.status, problem.code) == (503, "issuer.unreachable")


def test_a_checked_token_is_remembered_no_longer_than_it_lasts() -> None:
    now = [time.time()]
    persons = OnePerson()
    checking = TokenCheck(
        Trust(issuer=ISSUER, audience=AUDIENCE), KeysInHand(EC), persons, clock=lambda: now[0]
    )
    short = token(claims(exp=int(now[0]) + 5))

    async def story() -> None:
        assert await checking.person(short) == PERSON
        assert await checking.person(short) == PERSON
        assert len(persons.asked) == 1
        now[0] += 5 + 31
        with pytest.raises(Problem):
            await checking.person(short)

    asyncio.run(story())


def test_a_withdrawn_key_opens_nothing_after_a_minute() -> None:
    now = [time.time()]
    keys = KeysInHand(EC)
    checking = TokenCheck(
        Trust(issuer=ISSUER, audience=AUDIENCE), keys, OnePerson(), clock=lambda: now[0]
    )
    long = token(claims(exp=int(now[0]) + 10_000))

    async def story() -> None:
        assert await checking.person(long) == PERSON
        keys._keys.clear()
        assert await checking.person(long) == PERSON
        now[0] += 61
        with pytest.raises(Problem):
            await checking.person(long)

    asyncio.run(story())


@pytest.mark.parametrize("query", [b"access_token=x", b"asOf=1&access_token=x"])
def test_a_token_in_the_address_is_refused(query: bytes) -> None:
    with pytest.raises(Problem) as found:
        refuse_token_in_query(query)
    assert (found.value.status, found.value.code) == (400, "token.in-query")


def test_the_issuer_that_comes_with_kringboek_meets_the_same_check(tmp_path: Path) -> None:
    issuer = LocalIssuer(tmp_path / "keys", "kring.example")
    checking = TokenCheck(Trust(issuer=issuer.issuer, audience=issuer.audience), issuer, issuer)
    person = PersonRef(uuid4())
    assert asyncio.run(checking.person(issuer.token(person))) == person
    other = LocalIssuer(tmp_path / "other", "kring.example")
    assert refusal(f"Bearer {other.token(person)}", checking).code == "token.invalid"
    elsewhere = LocalIssuer(tmp_path / "keys", "elders.example")
    assert refusal(f"Bearer {elsewhere.token(person)}", checking).code == "token.invalid"
    assert refusal(f"Bearer {issuer.token(person, lifetime=-60)}", checking).code == "token.expired"
