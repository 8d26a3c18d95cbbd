"""A port that is taken before anything else is done, and a server that says when it is ready."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from api.terminal.words import Said

_STOP = (signal.SIGINT, signal.SIGTERM)
GRACE = 10
"""Seconds for requests under way when the server is told to stop."""


def listening(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is done: what cannot be served is not begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise Said(
            f"port {port} of {host} cannot be used ({error.strerror}); choose another with --port"
        ) from None
    return door


async def serve(app: ASGIApp, door: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until told to stop; `ready` is called once requests are answered."""
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="none",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    await _Server(config, ready).serve(sockets=[door])


class _Server(uvicorn.Server):
    """Says that it is ready when it is, and leaves the process to end by itself."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As the library's, but no signal is raised anew at the end: PostgreSQL stops first."""
        loop = asyncio.get_running_loop()
        for each in _STOP:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        try:
            yield
        finally:
            for each in _STOP:
                loop.remove_signal_handler(each)
