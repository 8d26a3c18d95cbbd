"""Strict reading of what the log's formats are made of: one meaning has one spelling.

Two spellings of one value would let a file change without its meaning changing, which is how an
auditor ends with two files that are both "the" checkpoint. So base64 has its padding and no spare
bits, a number has no leading zero, and lines end with exactly one newline.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64

LARGEST = (1 << 63) - 1
"""The largest size, index or time: what a signed 64-bit number holds, as the formats ask."""
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_WIDTH_OF_DECIMAL = 20
"""Characters of a wrong number that a message quotes: one more than the longest right one."""


class FormatError(Exception):
    """Bytes that are not what they are read as.

    `code` is stable and for programs; the message says what is wrong and where. Neither holds more
    of the bytes than the part that is wrong.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decimal(text: str, what: str) -> int:
    """A number from 0 up to `LARGEST`, in ASCII digits without a leading zero.

    Raises FormatError `not-a-number`.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > LARGEST:
        raise FormatError(
            "not-a-number",
            f"{what} is {text[:_WIDTH_OF_DECIMAL]!r}; it is written in digits, "
            f"without leading zeroes, and is at most {LARGEST}",
        )
    return int(text)


def base64(text: str, what: str) -> bytes:
    """Standard base64 with its padding, in its only spelling. Raises FormatError `not-base64`."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except (NotBase64, UnicodeEncodeError) as error:
        raise FormatError("not-base64", f"{what} is not standard base64") from error
    if to_base64(raw) != text:
        # Python reads spare bits and surplus padding as if they were not there.
        raise FormatError("not-base64", f"{what} is base64 in another spelling than its only one")
    return raw


def to_base64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def utf8(data: bytes, what: str) -> str:
    """Raises FormatError `not-utf8`."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError("not-utf8", f"{what} is not UTF-8 at byte {error.start}") from error
