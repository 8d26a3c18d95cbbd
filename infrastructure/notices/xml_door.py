"""The door through which XML from outside comes in, or does not.

`open_xml` reads the bytes twice. First expat walks over them and keeps nothing: it stops at the
first `<!DOCTYPE`, before one declaration of it is read, and at more depth, elements or attributes
than any notice has. Then lxml builds the tree, with entities, network and huge documents switched
off, of bytes that are known to hold no document type at all: without one there is no entity to
expand and no address to fetch. lxml alone has parsed the declarations by the time that one can ask
for them, and makes a tree of 300 MB from ten megabytes of `<a/>`.

The notices in the tests have up to 12 levels, 290 elements and 9 attributes or namespaces on one;
a notice with a hundred lots has some thousands of elements.
"""

from typing import NoReturn
from xml.parsers import expat

from lxml import etree

from application.notices.notice import NoticeRefused
from domain.terms import Text

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element

LARGEST = 10_000_000
"""Bytes. Whoever reads a file looks at its size before reading it; larger is refused unread."""
DEEPEST = 64
MOST_ELEMENTS = 100_000
MOST_ATTRIBUTES = 64
"""On one element, namespace declarations included."""

_ENCODINGS = frozenset({"UTF-8", "UTF-16"})


def open_xml(data: bytes) -> Element:
    """The root element of `data`, without comments and processing instructions.

    Raises `NoticeRefused` and nothing else; at the limits it takes about 40 MB and a third of a second.
    """
    if len(data) > LARGEST:
        raise NoticeRefused(
            "notice.too-large",
            Text(
                nl="Het bestand is groter dan 10 MB; een aankondiging is dat niet.",
                en="The file is larger than 10 MB; a notice is not.",
            ),
        )
    _walk(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise _not_xml("-") from error


def _walk(data: bytes) -> None:
    depth = elements = 0

    def encoding(_version: str, named: str | None, _standalone: int) -> None:
        if named is not None and named.upper() not in _ENCODINGS:
            raise NoticeRefused(
                "notice.encoding",
                Text(
                    nl="De tekencodering is niet UTF-8 of UTF-16; sla het bestand op als UTF-8.",
                    en="The encoding is neither UTF-8 nor UTF-16; save the file as UTF-8.",
                ),
            )

    def doctype(*_declaration: object) -> NoReturn:
        raise NoticeRefused(
            "notice.doctype",
            Text(
                nl="Het bestand bevat een documenttype (DOCTYPE); aankondigingen hebben dat niet.",
                en="The file has a document type (DOCTYPE); notices have none.",
            ),
            "<!DOCTYPE>",
        )

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS or len(attributes) > 2 * MOST_ATTRIBUTES:
            raise NoticeRefused(
                "notice.too-complex",
                Text(
                    nl="Het bestand is dieper of uitgebreider dan een aankondiging kan zijn.",
                    en="The file is deeper or more elaborate than a notice can be.",
                ),
            )

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    walker = expat.ParserCreate()
    walker.ordered_attributes = True
    walker.XmlDeclHandler = encoding
    walker.StartDoctypeDeclHandler = doctype
    walker.StartElementHandler = start
    walker.EndElementHandler = end
    try:
        walker.Parse(data, True)  # noqa: FBT003 - expat takes no keywords; True: these are all
    except expat.ExpatError as error:
        raise _not_xml(f"{error.lineno}:{error.offset}") from error
    except (ValueError, LookupError) as error:
        raise _not_xml("1:0") from error


def _not_xml(place: str) -> NoticeRefused:
    return NoticeRefused(
        "notice.not-xml",
        Text(
            nl=f"Het bestand is geen (volledige) XML; de fout staat op regel:kolom {place}.",
            en=f"The file is not (complete) XML; the fault is at line:column {place}.",
        ),
    )
