"""The frame in which a docx is drawn as it looks (原样式), by docx-preview.

It runs the library on bytes that strangers wrote, so it may do nothing else: its origin is of its
own, without cookies, and its policy lets it connect nowhere. The page around it hands the bytes in.
"""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from gate.bounded_request import BoundedRoute
from search_ui.desk import TheVisitor

router = APIRouter(route_class=BoundedRoute)

FRAME_HEADERS = {
    "Content-Security-Policy": (
        "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@router.get("/word-frame")
def word_frame(visitor: TheVisitor) -> HTMLResponse:
    """The same for every file: it holds nothing of anybody."""
    return HTMLResponse(visitor.desk.pages.part("word_frame", "frame", None), headers=FRAME_HEADERS)
