"""Timestamps (RFC 3161)."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from verifier.findings import Malformed


class Der(NamedTuple):
    """One element of a DER encoding: its tag, its content, and the whole of it."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> list["Der"]:
        found, at = [], 0
        while at < len(self.content):
            element = read_der(self.content, at)
            found.append(element)
            at += len(element.whole)
        return found


SEQUENCE, SET, INTEGER, OCTETS, OID, GENERALIZED_TIME = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910022f")
DIGESTS: Mapping[bytes, tuple[str, hashes.HashAlgorithm]] = {
    bytes.fromhex("608648016503040201"): ("sha256", hashes.SHA256()),
    bytes.fromhex("608648016503040202"): ("sha384", hashes.SHA384()),
    bytes.fromhex("608648016503040203"): ("sha512", hashes.SHA512()),
}
GRANTED = (0, 1)


def read_der(data: bytes, at: int = 0) -> Der:
    """The element that begins at `at`. Raises Malformed where there is no whole one."""
    try:
        tag, length = data[at], data[at + 1]
        start = at + 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[start : start + count], "big")
            start += count
            if not 1 <= count <= 4:  # noqa: PLR2004
                raise Malformed("a length that DER does not have")
    except IndexError:
        raise Malformed("cut off") from None
    if start + length > len(data):
        raise Malformed("cut off")
    return Der(tag, data[start : start + length], data[at : start + length])


@dataclass(frozen=True, kw_only=True)
class Timestamp:
    """An RFC 3161 token: the hash that it is over, when, and by whose certificate."""

    algorithm: str
    imprint: bytes
    moment: datetime
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    unchecked: str | None
    """Why its signature could not be checked; None where it was, and is right."""

    @classmethod
    def parse(cls, data: bytes) -> "Timestamp":
        """From a TimeStampResp. Raises Malformed, also for a false signature."""
        try:
            return _read_timestamp(data)
        except Malformed:
            raise
        except Exception as unexpected:  # noqa: BLE001  a library's word for bytes from outside
            raise Malformed(f"not in its form ({type(unexpected).__name__})") from None

    def chain_problem(self, trusted: Sequence[x509.Certificate]) -> str | None:
        """Why no chain of certificates leads from the signer to one of `trusted`."""
        here = self.signer
        for _ in range(8):
            if not here.not_valid_before_utc <= self.moment <= here.not_valid_after_utc:
                return "a certificate was not valid at that moment"
            if here in trusted:
                return None
            issuer = next((each for each in (*trusted, *self.others) if _issued(each, here)), None)
            if issuer is None:
                return "its certificate does not lead to the CA that you gave"
            here = issuer
        return "its chain of certificates is too long"


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return constraints.value.ca


def _read_timestamp(data: bytes) -> Timestamp:
    whole = read_der(data)
    if len(whole.whole) != len(data):
        raise Malformed("bytes after its end")
    status, *token = whole.children()
    if int.from_bytes(status.children()[0].content, "big") not in GRANTED or not token:
        raise Malformed("the authority refused it")
    kind, wrapped = token[0].children()
    if kind.content != SIGNED_DATA:
        raise Malformed("no signed data in it")
    signed = wrapped.children()[0].children()
    content = signed[2].children()
    if content[0].content != TST_INFO:
        raise Malformed("the signed data is no timestamp")
    info = content[1].children()[0].content
    fields = read_der(info).children()
    algorithm, imprint = fields[2].children()
    moment = next(each for each in fields[3:] if each.tag == GENERALIZED_TIME)
    loaded = [
        x509.load_der_x509_certificate(each.whole)
        for group in signed[3:]
        if group.tag == 0xA0  # noqa: PLR2004  the certificates
        for each in group.children()
        if each.tag == SEQUENCE
    ]
    signers = signed[-1].children()
    if len(signers) != 1:
        raise Malformed(f"{len(signers)} signers, where there is one")
    parts = signers[0].children()
    signer = _signer(parts[1], loaded)
    digest = algorithm.children()[0].content
    if digest not in DIGESTS:
        raise Malformed("a hash that is not of the SHA-2 family")
    return Timestamp(
        algorithm=DIGESTS[digest][0],
        imprint=imprint.content,
        moment=_generalized_time(moment.content.decode("ascii")),
        signer=signer,
        others=tuple(each for each in loaded if each != signer),
        unchecked=_check_token(parts, signer, info),
    )


def _generalized_time(said: str) -> datetime:
    if not re.fullmatch(r"\d{14}(?:\.\d{1,6})?Z", said):
        raise Malformed("a moment in another form")
    whole, _, fraction = said[:-1].partition(".")
    moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return moment.replace(microsecond=int(fraction.ljust(6, "0")) if fraction else 0)


def _signer(sid: Der, loaded: Sequence[x509.Certificate]) -> x509.Certificate:
    issuer, serial = sid.children()
    for each in loaded:
        same = each.issuer.public_bytes() == issuer.whole
        if same and each.serial_number == int.from_bytes(serial.content, "big"):
            return each
    raise Malformed("the certificate of its signer is not in it")


def _check_token(parts: Sequence[Der], signer: x509.Certificate, info: bytes) -> str | None:
    """Check the signature over the token; gives why that is not possible here."""
    digest, attributes, algorithm, signature = parts[2:6]
    if attributes.tag != 0xA0:  # noqa: PLR2004  the signed attributes
        raise Malformed("nothing in it is signed")
    name, hashing = DIGESTS.get(digest.children()[0].content, ("", None))
    if hashing is None:
        return "its hash is not of the SHA-2 family"
    said = {
        each.children()[0].content: each.children()[1].children()[0]
        for each in attributes.children()
    }
    if said[MESSAGE_DIGEST].content != hashlib.new(name, info).digest():
        raise Malformed("what was signed is not this timestamp")
    certificate_hash = said.get(SIGNING_CERTIFICATE)
    if certificate_hash is not None:
        first = certificate_hash.children()[0].children()[0].children()
        octets = next(each for each in first if each.tag == OCTETS)
        named = first[0].children()[0].content if first[0].tag == SEQUENCE else None
        hashed, algorithm_of = (
            signer.public_bytes(serialization.Encoding.DER),
            DIGESTS.get(named or b"", ("sha256", None)),
        )
        if octets.content != hashlib.new(algorithm_of[0], hashed).digest():
            raise Malformed("it names another certificate than its signer's")
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        raise Malformed("its certificate is not for timestamps")
    message = bytes([SET]) + attributes.whole[1:]
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            if algorithm.children()[0].content == bytes.fromhex("2a864886f70d01010a"):
                return "RSA-PSS"
            key.verify(signature.content, message, padding.PKCS1v15(), hashing)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature.content, message, ec.ECDSA(hashing))
        else:
            return "neither RSA nor ECDSA"
    except InvalidSignature:
        raise Malformed("its signature is false") from None
    return None
