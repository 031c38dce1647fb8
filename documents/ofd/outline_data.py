"""Path data of OFD as path data of SVG."""

import re

from documents.ofd.geometry import number, shown

_WORD = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
_AS_SVG = {"S": "M", "B": "C"}


def svg_path(text: str | None) -> str:
    """``S M L Q B A C`` of GB/T 33190 (9.1) as ``M L Q C A Z``; what is broken ends the path."""
    out: list[str] = []
    words = _WORD.findall(text or "")
    at, operator = 0, ""
    while at < len(words):
        if words[at].isalpha():
            operator = words[at].upper()
            at += 1
            if operator in ("C", "Z"):
                out.append("Z")
                operator = ""
            continue
        if operator not in _OPERANDS:
            at += 1
            continue
        count = _OPERANDS[operator]
        operands = words[at : at + count]
        if len(operands) < count or any(word.isalpha() for word in operands):
            break
        at += count
        values = " ".join(shown(number(word)) for word in operands)
        out.append(_AS_SVG.get(operator, operator) + values)
        # Points that follow a move without a letter are lines to them.
        operator = "L" if operator == "M" else operator
    if out and out[0][0] != "M":
        out.insert(0, "M0 0")
    return "".join(out)
