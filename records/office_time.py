"""Calendar days of the office: instants are UTC, days are those of Beijing time."""

from datetime import date, datetime, timedelta, timezone

OFFICE_ZONE = timezone(timedelta(hours=8), "UTC+8")
"""Beijing time, the legal time of the whole country; without summer time since 1991."""


def office_day(instant: datetime) -> date:
    """The calendar day in Beijing time on which an aware instant falls."""
    return instant.astimezone(OFFICE_ZONE).date()
