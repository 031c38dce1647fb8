"""What a record gets of another that one of its fields names: values, shelf, readers (补充件)."""

from records.errors import Refused
from records.flow.decision import Situation
from records.revision import FieldValue, Revision


def copied(s: Situation, after: Revision) -> Revision:
    """The record with what its action copies; as it is where that copies nothing.

    Raises Refused (``not_in_use``) where there is no such record, or not for the actor.
    """
    copies = s.action.copies
    if copies is None:
        return after
    other = s.office.related.get(copies.of)
    if other is None or copies.state not in (None, other.state):
        raise Refused("not_in_use", label=s.office.kind.fields[copies.of].label)
    values: dict[str, FieldValue] = {
        name: other.fields.get(from_) for name, from_ in copies.fields.items()
    }
    values[copies.of] = other.record
    if copies.readers is not None:
        tokens = s.office.rules[copies.of].tokens
        values[copies.readers] = tuple(sorted(t for t in tokens if not t.startswith("deputy")))
    after = after.model_copy(update={"fields": {**after.fields, **values}})
    if not copies.shelf:
        return after
    level = max(after.level, other.level)
    return after.model_copy(update={"unit": other.unit, "level": level})
