"""YAML is read strictly: what the library leaves untold is a fault with its line."""

import pytest

from records.yaml_text import YamlFault, read_yaml


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: [", 2, "not_yaml"),
        ("a: 1\nb:\n\t- c", 3, "not_yaml"),
        ("a: 1\nb: \0", 2, "not_yaml"),
        ("a: 1\nb: 2026-13-01", 2, "not_yaml"),
        (f"a: 1\nb: {'9' * 5000}", 2, "not_yaml"),
        ('a: 1\nb: !!int ""', 2, "not_yaml"),
        ("a: 1\nb: !!bool x", 2, "not_yaml"),
        ("a: 1\nb: !!timestamp x", 2, "not_yaml"),
        ('a: 1\nb: !!python/object/apply:os.system ["true"]', 2, "not_yaml"),
        ("a: 1\nb: *nowhere", 2, "not_yaml"),
        ("a: 1\n---\nb: 2", 2, "not_yaml"),
        ("a: 1\nb: 2\na: 3", 3, "repeated_key"),
        ("a: 1\nb: {c: 1, c: 2}", 2, "repeated_key"),
        ("a: 1\n5: 2", 2, "invalid_key"),
        ("a: 1\n? [b]\n: 2", 2, "invalid_key"),
        (f"a: 1\nb: {'[' * 100_000}", 2, "too_deep"),
        (f"a: 1\nb: {'{c: ' * 2000}1{'}' * 2000}", 2, "too_deep"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read_yaml(text)
    assert (caught.value.line, caught.value.fault.word) == (line, word)


def test_what_is_merged_may_be_said_anew() -> None:
    assert read_yaml("a: &a {x: 1, y: 1}\nb: {<<: *a, x: 2}\nc: *a")[1] == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 2, "y": 1},
        "c": {"x": 1, "y": 1},
    }


def test_an_empty_text_holds_nothing() -> None:
    assert read_yaml("\ufeff# nothing\n") == (None, None)
