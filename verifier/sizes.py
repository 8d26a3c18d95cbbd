"""How large things are, and how much is read of each."""

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle (tlog-tiles)."""
HASH = 32
LARGEST_NOTE = 1 << 20
LARGEST_BUNDLE = WIDTH * (2 + 65_535)
LARGEST_BODIES = 256 << 20
LARGEST_FILE = 64 << 20
