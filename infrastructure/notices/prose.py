"""Free text without the contact data that people write into it.

A notice's description may say whom to call. E-mail addresses, telephone numbers and the names of
the notice's own contact points (contactpersonen) are replaced, and a remark says that it was done.
A person who is named nowhere else cannot be recognised: the text is still sealed when stored.
"""

import re
from dataclasses import dataclass, field

from application.notices.notice import Remark, RemarkCode
from domain.terms import Text
from infrastructure.notices.node import Node

LEFT_OUT = "[…]"
MOST_CONTACTS = 200

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_TELEPHONE = re.compile(
    r"(?<![\w/+-])(?:"
    r"\(?\+[0-9]{1,3}\)?[ .-]?(?:\(0\)[ .-]?)?[0-9](?:[ .-]?[0-9]){6,11}"  # +31 (0)20 123 45 67
    r"|0[0-9]{9}|0[0-9][ -][0-9]{8}|0[0-9]{2}[ -][0-9]{7}|0[0-9]{3}[ -][0-9]{6}"
    r"|0[0-9]{2}[ -][0-9]{3} [0-9]{2} [0-9]{2}|06(?:[ -]?[0-9]{2}){4}"
    r")(?![\w/])"
)


@dataclass(frozen=True, kw_only=True)
class Prose:
    """Reads free text of one notice, whose contact points are `contacts`."""

    contacts: tuple[str, ...]
    remarks: list[Remark] = field(default_factory=list)

    def line(self, node: Node | None) -> str | None:
        """The text as one line, or None when it is absent or blank."""
        return None if node is None else self._cleaned(node, node.words) or None

    def need_line(self, node: Node) -> str:
        """As `line`; a blank text is refused."""
        text = self.line(node)
        if text is None:
            node.refuse_missing("text()")
        return text

    def lines(self, node: Node | None) -> str | None:
        """The text with its own line breaks, without blank lines; None when there is nothing."""
        return None if node is None else self._cleaned(node, node.lines) or None

    def paragraphs(self, nodes: tuple[Node, ...]) -> str | None:
        """One line for each element that says something; None when none does."""
        return "\n".join(filter(None, map(self.line, nodes))) or None

    def _cleaned(self, node: Node, text: str) -> str:
        cleaned = _TELEPHONE.sub(LEFT_OUT, _EMAIL.sub(LEFT_OUT, text))
        folded = cleaned.casefold()
        for name in self.contacts:
            if name.casefold() in folded:
                cleaned = re.sub(re.escape(name), LEFT_OUT, cleaned, flags=re.IGNORECASE)
        if cleaned != text:
            self.remarks.append(
                Remark(
                    code=RemarkCode.REMOVED,
                    element=node.where,
                    text=Text(
                        nl="Contactgegevens zijn uit deze tekst weggelaten.",
                        en="Contact data was left out of this text.",
                    ),
                )
            )
        return cleaned


def personal(root: Node, contacts: list[str], organisations: list[str]) -> tuple[str, ...]:
    """Of the contact points, those that may name a person: two words, and no organisation's name.

    More different ones than any notice has are refused, as each of them is sought in every text.
    """
    known = {each.casefold() for each in organisations}
    found = {each for each in contacts if " " in each and each.casefold() not in known}
    if len(found) > MOST_CONTACTS:
        root.refuse_malformed(
            f"De aankondiging noemt meer dan {MOST_CONTACTS} contactpersonen.",
            f"The notice names more than {MOST_CONTACTS} contact points.",
        )
    return tuple(sorted(found, key=lambda each: (-len(each), each)))
