"""Many small SVG pictures as one file, each a `<symbol>` that `<use>` finds by its name."""

from collections.abc import Mapping

from lxml import etree

SVG = "http://www.w3.org/2000/svg"


def sprite_of(pictures: Mapping[str, bytes]) -> str:
    """One SVG document of all pictures, in the order given; colours follow the text around."""
    root = etree.fromstring(f'<svg xmlns="{SVG}"/>')
    # Entities and outside files have no place in an icon, wherever it came from.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    for name, picture in pictures.items():
        drawn = etree.fromstring(picture, parser)
        view_box = drawn.get("viewBox") or "0 0 24 24"
        symbol = etree.SubElement(root, f"{{{SVG}}}symbol", id=name, viewBox=view_box)
        for child in drawn:
            if child.get("stroke") != "none":
                symbol.append(child)
    return etree.tostring(root, encoding="unicode")
