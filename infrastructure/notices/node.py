"""One element of a notice, as both schemas read it: its children, its words, its place.

Whatever cannot be read is refused here, with the path of the element. Refusals never repeat what
an element says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from application.notices.notice import NoticeRefused
from domain.terms import Text
from infrastructure.notices.xml_door import Element

LONGEST_TEXT = 20_000
"""Characters in one text. eForms allows 10,000, TED less; ours is the longest text of a fact."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """An element and the prefixes by which its schema's names are written in paths."""

    element: Element
    prefixes: Mapping[str, str]

    def one(self, path: str) -> "Node | None":
        """The first element at `path`, or None."""
        found = self.element.find(path, dict(self.prefixes))
        return None if found is None else Node(element=found, prefixes=self.prefixes)

    def all(self, path: str) -> tuple["Node", ...]:
        """Every element at `path`, in the order of the document."""
        found = self.element.findall(path, dict(self.prefixes))
        return tuple(Node(element=each, prefixes=self.prefixes) for each in found)

    def need(self, path: str) -> "Node":
        """The first element at `path`; a notice without it is refused."""
        found = self.one(path)
        if found is None:
            self.refuse_missing(path)
        return found

    def attribute(self, name: str) -> str | None:
        """The attribute's words, or None when it is absent or blank."""
        value = self.element.get(name)
        return None if value is None else _within_limit(self, value.strip()) or None

    def need_attribute(self, name: str) -> str:
        value = self.attribute(name)
        if value is None:
            self.refuse_missing(f"@{name}")
        return value

    @property
    def words(self) -> str:
        """All the text inside, white space made single, also across markup within a paragraph."""
        return _within_limit(self, " ".join("".join(self._texts()).split()))

    @property
    def lines(self) -> str:
        """As `words`, but with the line breaks of the text, and no blank lines."""
        lines = (" ".join(each.split()) for each in "".join(self._texts()).splitlines())
        return _within_limit(self, "\n".join(filter(None, lines)))

    def _texts(self) -> list[str]:
        return [str(each) for each in self.element.itertext()]

    def line(self, path: str) -> str | None:
        """The words of the first element at `path`, or None when it is absent or blank."""
        found = self.one(path)
        return None if found is None else found.words or None

    def need_line(self, path: str) -> str:
        """As `line`; a notice without it, or with a blank one, is refused."""
        words = self.line(path)
        if words is None:
            self.refuse_missing(path)
        return words

    @property
    def name(self) -> str:
        """The element's name with its schema's prefix, or its bare name if it has none."""
        tag = str(self.element.tag)
        if not tag.startswith("{"):
            return tag
        space, _, local = tag[1:].partition("}")
        for prefix, known in self.prefixes.items():
            if known == space:
                return f"{prefix}:{local}"
        return local

    @property
    def where(self) -> str:
        """The path of the element from the root, as refusals and remarks name it."""
        above = self.element.getparent()
        if above is None:
            return self.name
        return f"{Node(element=above, prefixes=self.prefixes).where}/{self.name}"

    def refuse_missing(self, path: str) -> NoReturn:
        raise NoticeRefused(
            "notice.missing",
            Text(
                nl="Een verplicht onderdeel van de aankondiging ontbreekt of is leeg.",
                en="A part that every notice of this form has is missing or empty.",
            ),
            f"{self.where}/{path}",
        )

    def refuse_malformed(self, nl: str, en: str) -> NoReturn:
        """Refuse because of what this element says; `nl` and `en` say what it should be."""
        raise NoticeRefused("notice.malformed", Text(nl=nl, en=en), self.where)


def _within_limit(node: Node, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        node.refuse_malformed(
            f"De tekst is langer dan {LONGEST_TEXT} tekens.",
            f"The text is longer than {LONGEST_TEXT} characters.",
        )
    return text
