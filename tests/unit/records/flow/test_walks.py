"""The engine of actions over every kind that is loaded, in random walks of permitted actions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.revision import FieldValue
from records.schema.kind import Kind
from tests.flow_office import KINDS, Paper, begun
from tests.walking import optional_fields, walk

FLOWS = list(KINDS.values())


@pytest.mark.feature("GI-03", "FW-19")
@pytest.mark.parametrize("kind", FLOWS, ids=lambda kind: kind.kind)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_walk_of_permitted_actions_loses_a_task_or_strands_a_record(
    kind: Kind, data: st.DataObject
) -> None:
    optional = optional_fields(kind)
    left_out = data.draw(st.sets(st.sampled_from(optional))) if optional else set()
    empty: dict[str, FieldValue] = dict.fromkeys(left_out)
    owner = "watch" if "post:督查室" in kind.start.by else "author"
    walk(Paper(kind, begun(kind, owner=owner, fields=empty)), data)
