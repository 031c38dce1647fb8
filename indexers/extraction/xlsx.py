"""Reader of xlsx by its structure: for files that Tika cannot read or that are too large for it."""

from typing import Any

from indexers.extraction.ooxml import OfficePackage, local
from indexers.extraction.reading import Reading

_MOST_SHARED_CHARACTERS = 20_000_000


def read_xlsx(reading: Reading) -> None:
    """One page for each sheet: its name, then a line for each row."""
    with OfficePackage(reading.path, reading.limits) as package:
        main = package.main_part("xl/workbook.xml")
        related = package.related(main)
        shared = [part for _, kind, part in related if kind == "sharedStrings"]
        strings = _shared(package, shared[0]) if shared else []
        targets = {key: part for key, kind, part in related if kind == "worksheet"}
        number = 0
        for event, element in package.walk(main, forget="sheets"):
            if event == "start" and local(element) == "sheet":
                number += 1
                reading.text(f"{element.get('name', '')}\n", page=number)
                key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
                if key in targets:
                    _sheet(reading, package, targets[key], strings, page=number)


def _shared(package: OfficePackage, part: str) -> list[str]:
    strings: list[str] = []
    characters = 0
    for event, element in package.walk(part, forget="si"):
        if event == "end" and local(element) == "si":
            strings.append(_runs(element))
            characters += len(strings[-1])
            if characters > _MOST_SHARED_CHARACTERS:
                break
    return strings


def _runs(element: Any) -> str:
    """Text of runs, without the pronunciation that stands beside them."""
    return "".join(
        node.text or ""
        for node in element.iter()
        if local(node) == "t" and local(node.getparent()) != "rPh"
    )


def _sheet(
    reading: Reading, package: OfficePackage, part: str, strings: list[str], *, page: int
) -> None:
    for event, element in package.walk(part, forget="row"):
        if event != "end":
            continue
        tag = local(element)
        if tag == "c":
            if text := _cell(element, strings):
                reading.text(f"{text}\t", page=page)
            element.clear()
        elif tag == "row":
            reading.text("\n", page=page)


def _cell(element: Any, strings: list[str]) -> str:
    kind = element.get("t")
    if kind == "inlineStr":
        return _runs(element)
    value = next((node.text or "" for node in element if local(node) == "v"), "")
    if kind != "s":
        return value
    return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
