"""What differs between two pieces of JSON: everything, and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.history.difference import ABSENT, Difference, differences

json = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["", "a", "b/~"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b/~", "c"]), inner)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("/a", 1, 2)]),
        ({}, {"a": None}, [("/a", ABSENT, None)]),
        ({"a": {"b": [1]}}, {}, [("/a", {"b": [1]}, ABSENT)]),
        (["x", "y"], ["x", "z", "y"], [("/1", ABSENT, "z")]),
        (["x", "y", "z"], ["x", "z"], [("/1", "y", ABSENT)]),
        ([{"n": 1, "m": 1}], [{"n": 2, "m": 1}], [("/0/n", 1, 2)]),
        ({"a/b~c": 1}, {"a/b~c": True}, [("/a~1b~0c", 1, True)]),
    ],
)
def test_a_difference_says_where_what_was_and_what_is(
    before: Any, after: Any, expected: list[tuple[str, Any, Any]]
) -> None:
    found = differences(before, after)
    assert [(each.path, each.before, each.after) for each in found] == expected


def test_what_is_absent_is_left_out_and_null_is_not() -> None:
    assert Difference(path="/a", before=ABSENT, after=None).said() == {"path": "/a", "after": None}


@given(json, json)
def test_equal_json_and_no_other_has_no_difference(before: Any, after: Any) -> None:
    assert (differences(before, after) == ()) is (_sorted(before) == _sorted(after))


@given(st.dictionaries(st.sampled_from("abc"), json), st.dictionaries(st.sampled_from("abc"), json))
def test_whoever_applies_the_differences_to_before_has_after(before: Any, after: Any) -> None:
    """Of objects whose values are taken whole, so that no place moves while it is put right."""
    whole = {name: {"is": repr(_sorted(value))} for name, value in before.items()}
    wanted = {name: {"is": repr(_sorted(value))} for name, value in after.items()}
    for each in differences(whole, wanted):
        name, _, rest = each.path.removeprefix("/").partition("/")
        if rest:
            whole[name]["is"] = each.after
        elif each.after is ABSENT:
            del whole[name]
        else:
            whole[name] = each.after
    assert whole == wanted


def _sorted(value: Any) -> str:
    """A text in which the order of keys says nothing, and 1 is not True."""
    if isinstance(value, dict):
        return f"object {sorted((k, _sorted(v)) for k, v in value.items())}"
    if isinstance(value, list):
        return repr([_sorted(each) for each in value])
    return repr(value)
