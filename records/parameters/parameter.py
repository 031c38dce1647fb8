"""One limit that an administrator sets, and all of them as of one moment (AQ-11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from records.errors import Invalid


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number within bounds, or a switch: one of 0 and 1 without a unit."""

    name: str
    group: str
    title: str
    unit: str
    default: int
    least: int
    most: int
    help: str = ""

    @property
    def is_switch(self) -> bool:
        """Whether it is on or off, and no number."""
        return not self.unit and (self.least, self.most) == (0, 1)

    def checked(self, value: int) -> int:
        """The value itself. Raises Invalid (``parameter_range``) out of bounds."""
        if not self.least <= value <= self.most:
            raise Invalid(
                "parameter_range",
                field=self.name,
                label=self.title,
                given=str(value)[:20],
                least=self.least,
                most=self.most,
                unit=self.unit or "0 为关闭，1 为开启",
            )
        return value

    def read(self, typed: str) -> int:
        """What was typed, as a number within bounds. Raises Invalid, also ``parameter_number``."""
        text = typed.strip()
        if not text.isascii() or not text.removeprefix("-").isdecimal() or len(text) > 12:
            raise Invalid("parameter_number", field=self.name, label=self.title, given=text[:20])
        return self.checked(int(text))

    def shown(self, value: int) -> str:
        """A value in words: 30 分钟; 开启 or 关闭 for a switch."""
        if self.is_switch:
            return "开启" if value else "关闭"
        return f"{value} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Parameters:
    """What every parameter is now; one that nobody has set has its default."""

    given: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, parameter: Parameter) -> int:
        """The value. One that an earlier program took and that is out of bounds now is bent."""
        value = self.given.get(parameter.name, parameter.default)
        return min(max(value, parameter.least), parameter.most)
