"""The frame that draws a docx as it looks may do nothing else (YP-06)."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Browse


@pytest.mark.feature("YP-06")
def test_the_frame_has_an_origin_of_its_own_and_connects_nowhere(browse: Browse) -> None:
    page = browse("reader")
    answer = page.get("/word-frame")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src 'self'")
    assert "connect-src" not in policy
    assert "allow-same-origin" not in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    for address in re.findall(r'src="([^"]+)"', answer.text):
        script = page.get(address)
        assert script.status_code == 200, address
        assert "cross-origin-resource-policy" not in script.headers


@pytest.mark.feature("YP-06")
def test_whoever_is_not_signed_in_is_led_to_the_door(nobody: TestClient) -> None:
    answer = nobody.get("/word-frame", follow_redirects=False)
    assert answer.status_code == 303
