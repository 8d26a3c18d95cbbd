"""In which of the two languages a sentence is told: `lang`, else `Accept-Language`, else Dutch."""

from api.operations import Call, In, Parameter
from api.problems import bad_parameter
from domain.terms import Language

LANG = Parameter(
    name="lang",
    where=In.QUERY,
    description="The language of sentences; else that of `Accept-Language`, else Dutch.",
    schema={"type": "string", "enum": [str(each) for each in Language]},
)
ACCEPT_LANGUAGE = Parameter(
    name="Accept-Language",
    where=In.HEADER,
    description="As `lang`, as browsers say it (RFC 9110).",
    example="nl, en;q=0.5",
)
LANGUAGE = (LANG, ACCEPT_LANGUAGE)


def language_of(call: Call) -> Language:
    """Raises `Problem` for a `lang` that is none of ours; a header is only ever a preference."""
    said = call.query(LANG.name)
    if said is None:
        return _preferred(call.header("accept-language") or "")
    if said not in set(Language):
        raise bad_parameter(LANG.name, f"is one of {', '.join(Language)}")
    return Language(said)


def _preferred(header: str) -> Language:
    """The first of the highest weight that we speak."""
    best, weight = Language.NL, 0.0
    for each in header.split(","):
        tag, _, rest = each.partition(";")
        found = tag.strip().lower().partition("-")[0]
        quality = _quality(rest)
        if found in set(Language) and quality > weight:
            best, weight = Language(found), quality
    return best


def _quality(said: str) -> float:
    name, _, value = said.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
