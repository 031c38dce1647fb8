"""The calendar of a kind: weeks of what is booked, as rooms and cars (HY-04, CL-07)."""

from pydantic import Field

from records.declared import Declared


class WeeklyDeclaration(Declared):
    """The same booking week after week (services.flow.repeating)."""

    send: str = Field(description="The action that is taken on each at once")
    undo: str = Field(description="Ends one whose action was refused at the last moment")


class CalendarDeclaration(Declared):
    """Which field names what is booked, from when to when, and which records are shown."""

    of: str = Field(
        description="A field of one record, with `of`: what stands in the first state of that kind "
        "can be booked"
    )
    from_: str = Field(alias="from", description="The field of the first instant")
    to: str = Field(description="The field of the last instant")
    who: str = Field(description="A field that says whose it is")
    shows: tuple[str, ...] = Field(min_length=1, description="States whose records are shown")
    weekly: WeeklyDeclaration | None = Field(
        default=None, description="It may be begun week after week"
    )
