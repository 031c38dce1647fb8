"""Every address of the API under generated input: never a 5xx, always a problem body."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok

from records.identity import Login
from wenshu.building.installation import Installation
from wenshu.building.web import create_web

# schemathesis' own pytest plugin does not know this pytest; its cases are drawn directly.
EXAMPLES = 12


@pytest.mark.feature("GI-04")
def test_no_generated_request_makes_the_server_fail(built: Installation) -> None:
    app = create_web(built, hints=())
    keeper = built.house.sessions.open(Login("admin"), client="test", restricted=False)
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", app, headers={"Authorization": f"Bearer {keeper}"}
    )
    token = built.house.sessions.open(Login("drafter"), client="test", restricted=False)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) >= 20

    for operation in operations:
        if operation.path == "/api/v1/session" and operation.method == "delete":
            continue

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(data=st.data())
        def holds(data: st.DataObject) -> None:
            case = data.draw(operation.as_strategy())  # noqa: B023 - called before the next turn
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
            case.validate_response(answer, checks=[not_a_server_error])
            if answer.status_code >= 400 and case.path.startswith("/api/"):
                assert answer.headers["content-type"][0].startswith("application/problem+json")

        holds()
