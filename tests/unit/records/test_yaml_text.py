"""YAML is read strictly: what the library leaves untold is a fault with its line."""

from importlib.util import find_spec, module_from_spec
from types import ModuleType

import pytest
import yaml


@pytest.fixture(params=["libyaml", "python"])
def reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module over libyaml, and as it is where the library was built without."""
    if request.param == "python":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    spec = find_spec("records.yaml_text")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: [", 2, "not_yaml"),
        ("a: 1\nb:\n\t- c", 3, "not_yaml"),
        ("a: 1\nb: \0", 2, "not_yaml"),
        ("甲: 乙丙丁\n戊: \0\n\n\n\n\n", 2, "not_yaml"),
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
def test_a_fault_is_told_with_its_line(
    reading: ModuleType, text: str, line: int, word: str
) -> None:
    with pytest.raises(reading.YamlFault) as caught:
        reading.read_yaml(text)
    assert (caught.value.line, caught.value.fault.word) == (line, word)


def test_what_is_merged_may_be_said_anew(reading: ModuleType) -> None:
    assert reading.read_yaml("a: &a {x: 1, y: 1}\nb: {<<: *a, x: 2}\nc: *a")[1] == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 2, "y": 1},
        "c": {"x": 1, "y": 1},
    }


def test_an_empty_text_holds_nothing(reading: ModuleType) -> None:
    assert reading.read_yaml("\ufeff# nothing\n") == (None, None)


def test_marks_carry_line_and_name(reading: ModuleType) -> None:
    root, _ = reading.read_yaml("甲: 1\n乙: [丙]\n", name="题.yaml")
    mark = root.value[1][1].value[0].start_mark
    assert (mark.name, mark.line, mark.column) == ("题.yaml", 1, 4)
