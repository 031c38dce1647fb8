"""Checks what a kind asks back of its recipients."""

from collections.abc import Iterator

from records.faults import Fault
from records.flow.check_names import field_faults, name_faults
from records.schema.kind import Kind
from records.schema.kind_fields import FieldType

ASKED = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.CHOICE,
        FieldType.CHOICES,
        FieldType.FLAG,
        FieldType.DATE,
        FieldType.INTEGER,
    }
)
"""Types that an answer may have: what one writes, and nothing that opens other records."""

LONGEST_OPTION = 8
"""Characters of an option that is counted: it stands in a name of the store."""


def answer_faults(kind: Kind) -> Iterator[Fault]:
    """Each fault of what is asked back."""
    answer = kind.answer
    if answer is None:
        return
    if not kind.meaning.audience:
        yield Fault(("answer",), "no_audience")
    for key, condition in (("when", answer.when), ("by_unit", answer.by_unit)):
        yield from name_faults(("answer",), key, "no_field", condition or (), kind.fields)
    if answer.due is not None:
        yield from field_faults(kind, ("answer", "due"), answer.due, {FieldType.DATE})
    if (answer.by_unit is None) != (not answer.posts):
        yield Fault(("answer", "posts"), "posts_of_units")
    for name, field in answer.fields.items():
        place = ("answer", "fields", name)
        if field.type not in ASKED:
            named = {"name": name, "type": "、".join(sorted(ASKED))}
            yield Fault(place, "no_field_of_type", named)
        if (field.type in {FieldType.CHOICE, FieldType.CHOICES}) != bool(field.options):
            yield Fault(place, "options_of_choice")
        if any(len(option) > LONGEST_OPTION or "~" in option for option in field.options):
            yield Fault((*place, "options"), "long_option", {"most": str(LONGEST_OPTION)})
        yield from name_faults(place, "required_if", "no_field", field.required_if or (),
                               answer.fields)  # fmt: skip
