"""What a kind asks back of those to whom a record is published: 反馈, 回执 (TZ-04, DC-11)."""

from pydantic import Field

from records.declared import Declared
from records.identity import PostName
from records.schema.kind_fields import Condition, FieldDeclaration, FieldType


class AnswerDeclaration(Declared):
    """What a recipient answers: some fields, and files where a label for them is given.

    Answers are names in the store, never part of a revision, which would grow with its readers.
    """

    label: str = Field(min_length=1, max_length=10, description="What it is called: 反馈, 回执")
    when: Condition | None = Field(
        default=None, description="Fields of the record under which one is wanted; else always"
    )
    due: str | None = Field(
        default=None, description="A date field: an answer after that day counts as late (逾期)"
    )
    by_unit: Condition | None = Field(
        default=None, description="Fields under which a unit answers once for all its people"
    )
    posts: tuple[PostName, ...] = Field(
        default=(), description="Who answers for a unit; anybody of it where nobody holds one"
    )
    fields: dict[str, FieldDeclaration] = Field(min_length=1)
    files: str | None = Field(default=None, description="What the files are called; none without")

    @property
    def counted(self) -> str | None:
        """The field whose values are counted: the first choice (参加, 请假, 替会)."""
        choices = (name for name, each in self.fields.items() if each.type is FieldType.CHOICE)
        return next(choices, None)
