"""The transparency log (transparantielogboek): the public C2SP formats, bytes in and bytes out.

Whoever keeps one checkpoint can later show, with tools that we did not write, that nothing before
it was changed, removed, inserted or reordered. Nothing here reads a clock, a file or a database.
"""
