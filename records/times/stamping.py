"""What the program itself writes into fields when an action is taken: days, years, the unit."""

from records.flow.decision import Situation
from records.revision import FieldValue, Revision
from records.schema.kind_fields import FieldType
from records.times import lingering
from records.times.office_time import office_day


def stamped(s: Situation, after: Revision) -> dict[str, FieldValue]:
    """The fields of the record with what its action stamps, and its state if that has begun.

    A day gets today in Beijing, a field of units the one that the record began in, whatever stood
    there; a text that is empty gets the year.
    """
    fields = dict(s.revision.fields)
    if after.entered == s.number:
        fields |= lingering.stamped(s.office, after.state)
    today = office_day(s.office.now)
    for name in s.action.stamps:
        type_ = s.office.kind.fields[name].type
        if type_ is FieldType.DATE:
            fields[name] = today.isoformat()
        elif type_ is FieldType.UNITS:
            fields[name] = (s.revision.unit,)
        elif not fields.get(name):
            fields[name] = str(today.year)
    return fields
