"""The clock of somebody else: an authority that signs that it saw these bytes, and when (RFC 3161).

A timestamp (tijdstempel) says that the bytes existed at that moment, not that they are true, and
nothing about what did not exist. It is believed for the certificates (CA file) that the operator
chose, never for those that come along with it.
"""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from application.transparency.outside import AuthorityFailed
from domain.terms import Instant
from infrastructure.other_server import NoAnswer, OtherServer
from infrastructure.refusals import Unusable

_LONGEST = 65_536
"""Bytes of a token with its certificates: ten times what authorities give."""
_WITHIN = 20.0
"""Seconds; nobody waits for it."""
_OK = 200
_REQUEST, _REPLY = "application/timestamp-query", "application/timestamp-reply"


def token_time(
    token: bytes, data: bytes, roots: Sequence[Certificate], *, nonce: int | None = None
) -> Instant:
    """When the authority saw `data`, if `token` says so and a certificate of `roots` vouches for it.

    Certificates are judged at the token's own time, so that an old token stays good. Raises
    `AuthorityFailed` for a token over other bytes, of another authority, or that cannot be read.
    """
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        response = decode_timestamp_response(token)
        if PKIStatus(response.status) is not PKIStatus.GRANTED:
            raise AuthorityFailed("timestamp-not-granted", "the authority did not grant it")
        builder.build().verify_message(response, data)
        return response.tst_info.gen_time.astimezone(UTC)
    except VerificationError as error:
        raise AuthorityFailed("timestamp-wrong", f"it does not hold: {error}") from None
    except ValueError as error:
        # A token whose certificates are not in the order of DER is one of these; openssl makes them.
        why = f"it cannot be read: {str(error).split('{', maxsplit=1)[0].strip()}"
        raise AuthorityFailed("timestamp-unreadable", why) from None


class HttpTimestampAuthority:
    """The authority at `url`; `ca` is a file with the certificates that it is believed for."""

    def __init__(self, url: str, ca: Path) -> None:
        self._roots = _certificates(ca)
        self._server = OtherServer(
            url,
            headers={"Content-Type": _REQUEST, "Accept": _REPLY},
            longest=_LONGEST,
            within=_WITHIN,
        )

    async def stamp(self, data: bytes) -> tuple[bytes, Instant]:
        """As `application.transparency.outside.TimestampAuthority` promises."""
        request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        try:
            answer = await self._server.post(request.as_bytes())
        except NoAnswer as error:
            raise AuthorityFailed("timestamp-no-answer", f"the authority {error}") from None
        if answer.status != _OK or answer.media != _REPLY:
            why = f"the authority answered {answer.status} with {answer.media}"
            raise AuthorityFailed("timestamp-no-answer", why)
        return answer.body, self.verified(answer.body, data, nonce=request.nonce)

    def verified(self, token: bytes, data: bytes, *, nonce: int | None = None) -> Instant:
        """When the authority saw `data`, by `token`; raises `AuthorityFailed`."""
        return token_time(token, data, self._roots, nonce=nonce)


def _certificates(ca: Path) -> list[Certificate]:
    name = "KRINGBOEK_TIMESTAMP_CA"
    cure = "Name a file with the certificates of the authority's root, in PEM"
    try:
        return load_pem_x509_certificates(ca.read_bytes())
    except OSError as error:
        why = f"{ca} cannot be read ({error.strerror})"
        raise Unusable("timestamp-ca", name, why, cure) from None
    except ValueError:
        why = f"{ca} holds no certificate"
        raise Unusable("timestamp-ca", name, why, cure) from None
