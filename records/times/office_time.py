"""Calendar days of the office: instants are UTC, days are those of Beijing time."""

from datetime import date, datetime, timedelta, timezone

OFFICE_ZONE = timezone(timedelta(hours=8), "UTC+8")
"""Beijing time, the legal time of the whole country; without summer time since 1991."""


def office_day(instant: datetime) -> date:
    """The calendar day in Beijing time on which an aware instant falls."""
    return instant.astimezone(OFFICE_ZONE).date()


class Weekdays:
    """Working days where no calendar of holidays is kept: Monday to Friday."""

    def after_workdays(self, day: date, number: int) -> date:
        """The last of `number` working days after `day`."""
        left = number
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5
        return day
