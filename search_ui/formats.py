"""How dates, times, sizes and numbers are written in Chinese offices.

GB/T 15835 (numbers in publications) and GB/T 9704 7.3.5.4 (dates of official documents in Arabic
numerals: 2026年11月22日). Instants are shown in the time of Beijing, the only one in the country.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"


def _local(at: datetime) -> datetime:
    return at.astimezone(BEIJING)


def day(on: date) -> str:
    """2026年11月22日; the day in Beijing of an instant."""
    local = _local(on) if isinstance(on, datetime) else on
    return f"{local.year}年{local.month}月{local.day}日"


def short_day(on: date) -> str:
    """11月22日."""
    local = _local(on) if isinstance(on, datetime) else on
    return f"{local.month}月{local.day}日"


def long_day(at: datetime) -> str:
    """2026年11月22日 星期日."""
    return f"{day(at)} 星期{WEEKDAYS[_local(at).weekday()]}"


def clock(at: datetime) -> str:
    """14:05, 9:00: the time of day in Beijing (GB/T 15835 writes hours without a leading zero)."""
    local = _local(at)
    return f"{local.hour}:{local:%M}"


def moment(at: datetime) -> str:
    """2026年11月22日 14:05."""
    return f"{day(at)} {clock(at)}"


def lasted(span: timedelta) -> str:
    """3天, 5小时, 20分钟: in the largest unit, whole; what took no minute is 不足1分钟."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 1440:
        return f"{minutes // 1440}天"
    if minutes >= 60:
        return f"{minutes // 60}小时"
    return f"{minutes}分钟" if minutes >= 1 else "不足1分钟"


def brief(at: datetime, now: datetime) -> str:
    """As short as it stays clear: 14:05, 昨天 14:05, 11月20日, 2025年12月1日."""
    then, today = _local(at), _local(now).date()
    if then.date() == today:
        return clock(at)
    if then.date() == today - timedelta(days=1):
        return f"昨天 {clock(at)}"
    return short_day(at) if then.year == today.year else day(at)


def part_of_day(at: datetime) -> str:
    """morning, noon, afternoon or evening: a word of the catalogue."""
    hour = _local(at).hour
    return "morning" if 4 <= hour < 11 else _later(hour)


def _later(hour: int) -> str:
    if 11 <= hour < 13:
        return "noon"
    return "afternoon" if 13 <= hour < 18 else "evening"


def count(number: int) -> str:
    """12,345."""
    return f"{number:,}"


def size(size_bytes: int) -> str:
    """512 B, 3.2 KB, 1.5 MB, 2 GB: units of 1,024, as the file managers of offices show them."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    value = float(size_bytes)
    for unit in ("KB", "MB", "GB", "TB"):
        value /= 1024
        if value < 1023.95 or unit == "TB":
            break
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"


def bracket(number: str) -> str:
    """A document number with the hexagonal brackets of GB/T 9704 7.2.5: 〔2026〕."""
    opened = number.translate(str.maketrans("[［(（【", "〔〔〔〔〔"))
    return opened.translate(str.maketrans("]］)）】", "〕〕〕〕〕"))
