"""European procurement notices: from the bytes of a file to a `Notice`, or a refusal.

    notice = read_notice(path.read_bytes())

Two schemas are read: eForms, and TED R2.0.9 before it. Whoever reads a file from disk compares its
size with `LARGEST` first. `docs/notices.md` says which field comes from which element.
"""

from hashlib import sha256
from typing import Final

from lxml import etree

from application.notices.notice import Notice, NoticeRefused
from domain.terms import Text
from infrastructure.notices import eforms, ted
from infrastructure.notices.xml_door import LARGEST, open_xml

__all__: Final = ["LARGEST", "NoticeRefused", "read_notice"]


def read_notice(data: bytes) -> Notice:
    """What the notice in `data` says, with the SHA-256 of these very bytes as evidence.

    Pure: no network, no files, no clock. Raises `NoticeRefused` and nothing else.
    """
    root = open_xml(data)
    digest = sha256(data).hexdigest()
    if root.tag in eforms.ROOTS:
        return eforms.read(root, digest)
    if etree.QName(root).localname == ted.ROOT:
        return ted.read(root, digest)
    raise NoticeRefused(
        "notice.root-unknown",
        Text(
            nl="Het hoofdelement is niet dat van een aankondiging in eForms of het TED-schema.",
            en="The root element is not that of a notice in eForms or the TED schema.",
        ),
        etree.QName(root).localname,
    )
