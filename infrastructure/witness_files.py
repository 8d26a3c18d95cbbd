"""What a witness was told by its own organisation: its key, and the logs that it watches."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from application.transparency.keys import Kind, SignerKey, VerifierKey, keys_in
from application.transparency.strict import FormatError
from infrastructure.key_files import secret
from infrastructure.refusals import Unusable
from infrastructure.witness_store import write_whole

_KEY = "witness.key"
_KNOWN = "known-logs"


def witness_key(keys: Path, name: str | None) -> SignerKey:
    """The private key of this witness, made under `name` at the first start and then kept.

    Raises `Unusable` where there is no name yet, or another than the key was made under: logs wrote
    that down, and a name cannot be changed without a new key.
    """
    if name is None and not (keys / _KEY).exists():
        cure = "Name it as others will write it down: --name witness.example.nl/kring"
        raise Unusable("witness-unnamed", "--name", "is needed at the first start", cure)
    try:
        text = secret(keys, _KEY, lambda: _new(name or ""))
        key = SignerKey.parse(text.decode("ascii").removesuffix("\n"))
    except (FormatError, UnicodeDecodeError) as error:
        cure = "Put the key back from where it was kept, or begin anew with another name"
        raise Unusable("witness-key", str(keys / _KEY), str(error), cure) from None
    if name not in (None, key.name):
        why = f"is {name}, and this witness has been {key.name} from its beginning"
        raise Unusable("witness-renamed", "--name", why, "Leave it out, or use another --data")
    return key


def _new(name: str) -> bytes:
    return f"{SignerKey.generate(name, Kind.COSIGNATURE_V1).private_text()}\n".encode()


def known_logs(folder: Path, added: Sequence[str]) -> Mapping[str, tuple[VerifierKey, ...]]:
    """The keys of each log by its origin: those of earlier starts, and `added`, which are kept.

    Each of `added` is a vkey, or the name of a file with one in each line. Raises `Unusable`.
    """
    path = folder / _KNOWN
    before = _read(path) if path.exists() else ()
    now = tuple(dict.fromkeys((*before, *(key for each in added for key in _given(each)))))
    if now != before:
        write_whole(path, "".join(f"{each}\n" for each in now).encode())
    logs: dict[str, tuple[VerifierKey, ...]] = {}
    for key in now:
        logs[key.name] = (*logs.get(key.name, ()), key)
    return logs


def _given(text: str) -> tuple[VerifierKey, ...]:
    if "+" in text and not Path(text).exists():
        try:
            return (_of_a_log(VerifierKey.parse(text)),)
        except FormatError as error:
            raise _refused(text, str(error)) from None
    return _read(Path(text))


def _read(path: Path) -> tuple[VerifierKey, ...]:
    try:
        return tuple(_of_a_log(each) for each in keys_in(path.read_bytes()))
    except OSError as error:
        raise _refused(str(path), f"cannot be read ({error.strerror})") from None
    except FormatError as error:
        raise _refused(str(path), str(error)) from None


def _of_a_log(key: VerifierKey) -> VerifierKey:
    if key.kind is Kind.COSIGNATURE_V1:
        raise _refused(str(key), "is the key of a witness, and not of a log")
    return key


def _refused(what: str, why: str) -> Unusable:
    cure = "Give the key of the log as it tells it (a vkey), or a file with one in each line"
    return Unusable("witness-log", what, why, cure)
