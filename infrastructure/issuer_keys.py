"""The public keys of a real issuer, fetched from its JWKS address and remembered."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from application.identity import KeysUnreachable

_REFETCH_AFTER = 30.0
"""Seconds between two fetches, however many unknown keys are asked for."""
_FRESH_FOR = 3_600.0
"""Seconds after which a known key is fetched anew, so that one that was withdrawn ends."""
_TIMEOUT = 5.0
_LONGEST = 200_000

Fetch = Callable[[], Mapping[str, Any]]


class IssuerKeys:
    """`fetch` gives the key set as plain JSON; it may block, and runs in a thread."""

    def __init__(self, fetch: Fetch, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._asked_at = -_FRESH_FOR
        self._fetched_at = -_FRESH_FOR
        self._fetching = asyncio.Lock()

    async def key(self, kid: str) -> Key | None:
        """The key with this id. An unknown one is looked for again, at most every 30 seconds."""
        if kid not in self._keys or self._stale():
            async with self._fetching:  # whoever comes while it is fetched waits for what it says
                wanted = kid not in self._keys or self._stale()
                if wanted and self._clock() - self._asked_at > _REFETCH_AFTER:
                    await self._refresh()
        if kid in self._keys:
            return self._keys[kid]
        if self._asked_at > self._fetched_at:
            raise KeysUnreachable
        return None

    def _stale(self) -> bool:
        return self._clock() - self._fetched_at > _FRESH_FOR

    async def _refresh(self) -> None:
        self._asked_at = self._clock()
        try:
            plain = await asyncio.to_thread(self._fetch)
            keys = KeySet.import_key_set(dict(plain)).keys  # type: ignore[arg-type]
        except (OSError, HTTPException, ValueError, KeyError, TypeError, JoseError):
            return
        self._keys = {key.kid: key for key in keys if key.kid}
        self._fetched_at = self._asked_at


def fetched_from(url: str) -> Fetch:
    """A fetch of `url`, which settings have checked to be https or loopback."""

    def fetch() -> Mapping[str, Any]:
        request = Request(url, headers={"Accept": "application/json"})  # noqa: S310  checked
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310  checked
            plain = json.loads(answer.read(_LONGEST))
        if not isinstance(plain, dict):
            raise TypeError("is not a key set")
        return plain

    return fetch
