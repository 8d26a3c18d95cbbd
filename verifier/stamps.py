"""The timestamp of a checkpoint."""

import hashlib
from collections.abc import Sequence

from cryptography import x509

from verifier.findings import Line, Malformed, Report
from verifier.notes import Key, note_parts, signature_parts
from verifier.timestamps import Timestamp


def check_timestamp(
    path: str,
    data: bytes,
    over: bytes | None,
    *,
    logs: Sequence[Key],
    trusted: Sequence[x509.Certificate],
    report: Report,
) -> None:
    """A token: its hash against the checkpoint, its signature, and its chain where a CA is given."""
    try:
        token = Timestamp.parse(data)
        what = _stamped(token, over, logs)
        if what is None:
            raise Malformed("its hash is of something else")
    except Malformed as malformed:
        report.tell("bad-timestamp", path=path, why=str(malformed))
        return
    chain: Line = ("chain", {}) if trusted else ("", {})
    if trusted:
        try:
            why = token.chain_problem(trusted)
        except Exception as unexpected:  # noqa: BLE001  as in `Timestamp.parse`
            why = f"its certificates cannot be read ({type(unexpected).__name__})"
        if why is not None:
            report.tell("bad-timestamp", path=path, why=why)
            return
    else:
        report.leave("tsa-chain", path=path, what=("line", what))
    if token.unchecked is not None:
        report.leave("tsa-signature", path=path, why=token.unchecked)
    who = token.signer.subject.rfc4514_string()
    moment = token.moment.isoformat().replace("+00:00", "Z")
    report.check("timestamp", path=path, who=who, moment=moment, chain=("line", chain[0]))


def _stamped(token: Timestamp, over: bytes | None, logs: Sequence[Key]) -> str | None:
    """Which bytes of the checkpoint the token is over: cosignatures are added to it later."""
    if over is None:
        raise Malformed("the checkpoint that it is over is not there")
    candidates = {"whole-file": over}
    try:
        text, lines = note_parts(over)
        names = {(key.name, key.id) for key in logs}
        own = [line for line in lines if signature_parts(line)[:2] in names]
        candidates["text-only"] = text
        candidates["text-and-log"] = text + b"\n" + "".join(f"{line}\n" for line in own).encode()
    except Malformed:
        pass
    for what, data in candidates.items():
        if hashlib.new(token.algorithm, data).digest() == token.imprint:
            return what
    return None
