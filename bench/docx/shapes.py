"""What lies over the text of a docx, as Word and WPS write it."""

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _shape(inner: str, fallback: str, *, width: int, height: int, y: int) -> Any:
    """A drawing of Word 2010 with the older one beside it, as Word and WPS write both."""
    return parse_xml(
        f'<w:r {_SPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="9" name="图"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/'
        f'office/word/2010/wordprocessingShape"><wps:wsp>{inner}</wps:wsp></a:graphicData>'
        f"</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>{fallback}"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def red_line() -> Any:
    """A run with the line of a letterhead, drawn and not a border."""
    width = 5_616_000
    return _shape(
        f'<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="28575"><a:solidFill>'
        '<a:srgbClr val="FF0000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/>',
        '<v:shape type="#_x0000_t32" strokecolor="red" strokeweight="2.25pt" '
        'style="position:absolute;margin-left:0;margin-top:30pt;width:442.2pt;height:0"/>',
        width=width,
        height=0,
        y=381_000,
    )


def text_box(text: str) -> Any:
    """A run with a box that holds the name of an office."""
    inner = (
        '<w:txbxContent><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
        f'<w:color w:val="FF0000"/><w:sz w:val="72"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
        "</w:txbxContent>"
    )
    return _shape(
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5616000" '
        'cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"</wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/>",
        '<v:shape type="#_x0000_t202" style="position:absolute;width:442pt;height:70pt">'
        f"<v:textbox>{inner}</v:textbox></v:shape>",
        width=5_616_000,
        height=900_000,
        y=0,
    )


def let_float(inline: Any, start: str, place: str, wrap: str) -> None:
    """The picture stands in no line any more; `start` says what its place is counted from."""
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "pic")} distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{start}">{place}</wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        "</wp:anchor>"
    )
    for each in list(inline):
        anchor.append(each)
        if each.tag == qn("wp:extent"):
            anchor.append(parse_xml(f"<wp:{wrap} {nsdecls('wp')}/>"))
    inline.getparent().replace(inline, anchor)
