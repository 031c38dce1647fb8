"""Office documents that are one XML file: Word 2003, flat OPC, flat ODF.

Their letters stand in runs, which are no lines of their own, and their pictures in base64, which
is no text.
"""

_WORD = (
    "{http://schemas.microsoft.com/office/word/2003/wordml}",
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
)
_OPEN_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

UNSEEN = frozenset(
    {f"{word}{name}" for word in _WORD for name in ("binData", "fldData", "docSuppData")}
    | {f"{word}{name}" for word in _WORD for name in ("instrText", "lsdException")}
    | {"{http://schemas.microsoft.com/office/2006/xmlPackage}binaryData"}
    | {"{urn:oasis:names:tc:opendocument:xmlns:office:1.0}binary-data"}
)
"""Elements whose text is none: files in base64, and what fields are computed from."""

DELETED = frozenset(f"{word}delText" for word in _WORD)
"""Elements of text that a tracked change deleted."""

INLINE = frozenset(
    {f"{word}{name}" for word in _WORD for name in ("r", "t", "rPr", "hlink", "hyperlink", "ins")}
    | {f"{word}{name}" for word in _WORD for name in ("smartTag", "proofErr", "bookmarkStart")}
    | {f"{word}{name}" for word in _WORD for name in ("bookmarkEnd", "fldSimple", "fldChar")}
    | {f"{word}{name}" for word in _WORD for name in ("delText", "del", "softHyphen", "sym")}
    | {
        f"{{http://schemas.microsoft.com/aml/2001/core}}{name}"
        for name in ("annotation", "content")
    }
    | {f"{_OPEN_TEXT}{name}" for name in ("span", "a", "s", "bookmark", "bookmark-start")}
    | {f"{_OPEN_TEXT}{name}" for name in ("bookmark-end", "soft-page-break", "ruby-base")}
)
"""Elements that do not end a line; those of the properties of a run are within."""
