"""The names of the facts of keys, which every aggregate takes; see the package for the promise."""

from domain import sealing
from infrastructure.event_mapper import Named

NAMES = (
    Named(fact=sealing.KeyCreated, name="sealing.key-created"),
    Named(fact=sealing.KeyDestroyed, name="sealing.key-destroyed"),
)
