"""Answers: values in their one JSON form, with the headers that say what may be kept and for how long.

Three policies, chosen per resource. `KEEP_NOT`: lists, verdicts and receipts hang on the moment and
on who asks, so nobody keeps them. `ASK_AGAIN`: a single resource has an ETag, its version; whoever
kept it asks whether it is still that one. `EVERYBODY`: published material is the same for all.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from starlette.responses import Response

from application.forms import form

JSON = "application/json"
KEEP_NOT = "private, no-store"
ASK_AGAIN = "private, no-cache"
EVERYBODY = "public, max-age=300"


def answer(
    value: Any,
    *,
    status: int = 200,
    cache: str = KEEP_NOT,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """`value`, a frozen dataclass, as its form writes it."""
    return Response(
        to_json(form(type(value)).write(value)),
        status_code=status,
        media_type=JSON,
        headers={"Cache-Control": cache, **(headers or {})},
    )


def plain_answer(
    plain: Mapping[str, Any], *, cache: str = KEEP_NOT, headers: Mapping[str, str] | None = None
) -> Response:
    """Plain JSON of a form that is not ours, such as that of CloudEvents."""
    said = {"Cache-Control": cache, **(headers or {})}
    return Response(to_json(plain), media_type=JSON, headers=said)


def etag(version: int) -> str:
    """A version as an entity tag, quotes and all."""
    return f'"{version}"'


def not_changed(version: int, if_none_match: str | None) -> bool:
    """Whether the reader has this version already."""
    if if_none_match is None:
        return False
    tags = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return etag(version) in tags or "*" in tags
