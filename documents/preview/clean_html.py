"""HTML made anew from a white list: text, lists and tables; no style, class, link or script."""

import nh3

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "pre"),
    *("ins", "del"),
}
_CELLS = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_ALSO = {"b", "i", "div", "span", "tfoot", "caption", "center", "font", "dl", "dt", "dd"}
"""Of mails: their text stays, they themselves go, but for what parts paragraphs."""


def clean_text(html: str) -> str:
    """The text and structure of a page of unknown origin; nothing is fetched for it."""
    parted = nh3.clean(html, tags=TAGS | _ALSO, attributes=_CELLS)
    for block in ("div", "center", "caption", "dl", "dt", "dd"):
        parted = parted.replace(f"<{block}>", "<p>").replace(f"</{block}>", "</p>")
    return nh3.clean(parted, tags=TAGS, attributes=_CELLS)


def clean_document(html: str) -> str:
    """The same with pictures, of which only those stay that we wrote as ``data:`` addresses."""
    return nh3.clean(
        html,
        tags={*TAGS, "img"},
        attributes={**_CELLS, "img": {"data-picture", "src", "alt"}},
        url_schemes={"data"},
        attribute_filter=_only_ours,
    )


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    """No address but that of a picture which the drawer of a document wrote."""
    if attribute == "src" and not value.startswith(
        ("data:image/png;base64,", "data:image/jpeg;base64,")
    ):
        return None
    return None if tag != "img" and attribute in ("src", "alt") else value
