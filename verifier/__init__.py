"""The verifier (controleprogramma) of a Kringboek: trusts files and a key, and nobody.

    python kringboek_verify.py SOURCE --key KEY [--checkpoint KEPT] [--receipt RECEIPT] ...

SOURCE is the address of a running service, a folder of tiles, or an export (a zip, or the folder
that it was unpacked to). Needs Python 3.11 or later and the package `cryptography` (42 or later); no
database, and none of the code that wrote the record: the formats are written down here a second time,
on purpose, so that a slip of the writer does not excuse itself. The formats are those of c2sp.org:
signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-policy, tlog-proof; the tree is that
of RFC 6962; an entry is RFC 8785 JSON.

It writes nothing, and reads no more of a file than such a file can hold. Exit codes: 0 everything
that was checked is right; 1 something is wrong, and named; 2 the words were not understood, or there
was nothing to read. What is wrong has a stable code and a position (counted from 1) or a path.

Memory grows by some 160 bytes per 256 events, 250 per aggregate, and a zip's own directory.

In the source of Kringboek this is the package `verifier`, room by room. An auditor gets the same rooms
in one file, put one after another by `verifier/one_file.py`; each stands on those before it.
"""
