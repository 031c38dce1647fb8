"""What the index is told of a record."""

from records.queries.search import IndexDocument, Removal
from services.after_commit.documents import Past, index_change
from tests.matters import MATTER, OFFICE, matter


def test_what_is_personal_is_found_by_nobody() -> None:
    fields = dict(MATTER.fields)
    revision = matter("R1", body="电话 13800000000")
    assert "电话" in str(index_change(MATTER, revision, {}, OFFICE, Past()))
    fields["body"] = fields["body"].model_copy(update={"personal": True})
    private = MATTER.model_copy(update={"fields": fields})
    made = index_change(private, revision, {}, OFFICE, Past())
    assert isinstance(made, IndexDocument)
    assert "电话" not in str(made)


def test_a_deleted_record_is_taken_out() -> None:
    gone = matter("R1").model_copy(update={"deleted": True})
    assert isinstance(index_change(MATTER, gone, {}, OFFICE, Past()), Removal)
