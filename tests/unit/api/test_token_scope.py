"""Which scope of an app token each address takes."""

import pytest

from api.token_scope import scope_needed
from services.people.app_tokens import Scope


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/api/v1/search", Scope.READ),
        ("GET", "/api/v1/records/A/actions", Scope.READ),
        ("POST", "/api/v1/records/A/actions/submit", Scope.ACT),
        ("POST", "/api/v1/records/A/actions/submit/with-files", Scope.ACT),
        ("POST", "/api/v1/lists/notice/actions/submit", Scope.ACT),
        ("POST", "/api/v1/records/A/answers", Scope.ACT),
        ("POST", "/api/v1/records/A/answers/with-files", Scope.ACT),
        ("POST", "/api/v1/records/A/receipts/urge", Scope.ACT),
        ("POST", "/api/v1/records", Scope.WRITE),
        ("PATCH", "/api/v1/records/A", Scope.WRITE),
        ("POST", "/api/v1/records/A/files", Scope.WRITE),
        ("DELETE", "/api/v1/records/actions", Scope.WRITE),
        ("GET", "/api/v1/dictionaries", Scope.READ),
        ("POST", "/api/v1/dictionaries/urgency", None),
        ("GET", "/api/v1/tokens", None),
        ("GET", "/api/v1/delegations", None),
        ("DELETE", "/api/v1/tokens/A", None),
        ("POST", "/api/v1/people", None),
        ("POST", "/api/v1/session/password", None),
        ("GET", "/api/v1/notifications/ways", None),
        ("GET", "/api/v1/notifications", Scope.READ),
    ],
)
def test_each_address_takes_the_scope_of_what_it_does(
    method: str, path: str, scope: Scope | None
) -> None:
    assert scope_needed(method, path) is scope
