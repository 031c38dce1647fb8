"""Of whom an answer to a published record is wanted, and who may give it (TZ-04, TZ-07)."""

from collections.abc import Iterator
from datetime import date

from records.flow.declarations import ReadBy
from records.identity import Login, Recipient, Token, UnitCode
from records.people.organisation import Organisation, Person
from records.revision import Revision
from records.rights.access import EVERYONE, Reader, deputy_token, unit_token
from records.rights.reading import audience_of
from records.schema.answers import AnswerDeclaration
from records.schema.kind import Kind
from records.schema.kind_fields import holds_for

_UNIT = "unit:"


def wanted_of(kind: Kind, revision: Revision) -> AnswerDeclaration | None:
    """What is asked of the audience of this record, or was; None where nothing is."""
    answer, state = kind.answer, kind.state(revision.state)
    if answer is None or state is None or revision.deleted:
        return None
    if state.read is not ReadBy.AUDIENCE and not revision.delivered:
        return None
    wanted = answer.when is None or holds_for(answer.when, revision.fields)
    return answer if wanted else None


def answer_due_of(kind: Kind, revision: Revision) -> date | None:
    """The last day for answers; one given later counts as late (逾期)."""
    wanted = wanted_of(kind, revision)
    day = revision.fields.get(wanted.due) if wanted is not None and wanted.due else None
    return date.fromisoformat(str(day)) if day else None


def takes_answers(kind: Kind, revision: Revision) -> bool:
    """Whether answers are taken now: it is published, and has neither run out nor been withdrawn.

    Something leads on from a state in which it stands, and nothing from one in which it is over.
    """
    state = kind.state(revision.state)
    stands = state is not None and state.read is ReadBy.AUDIENCE
    leads_on = any(revision.state in action.from_ for action in kind.actions.values())
    return stands and leads_on and wanted_of(kind, revision) is not None


def asked_of(kind: Kind, revision: Revision, organisation: Organisation) -> tuple[Recipient, ...]:
    """Of whom an answer is wanted as things stand, in the order of the organisation.

    People of the audience, each for himself; where units answer, every unit that the audience
    names (of everyone: every unit that has people), and those named otherwise for themselves.
    """
    tokens = audience_of(kind, revision)
    if not answers_by_unit(kind, revision):
        return tuple(Recipient(login) for login in organisation.recipients(tokens))
    units = frozenset(_units_of(tokens, organisation))
    others = [token for token in tokens if token != EVERYONE and not token.startswith(_UNIT)]
    return (
        *(Recipient(f"{_UNIT}{unit.code}") for unit in organisation.units if unit.code in units),
        *(Recipient(login) for login in organisation.recipients(others)),
    )


def answers_by_unit(kind: Kind, revision: Revision) -> bool:
    """Whether units answer, once for all their people."""
    return kind.answer is not None and holds_for(kind.answer.by_unit, revision.fields)


def unit_of(recipient: Recipient) -> UnitCode | None:
    """The unit that answers; None for a person."""
    is_unit = recipient.startswith(_UNIT)
    return UnitCode(recipient.removeprefix(_UNIT)) if is_unit else None


def answerers(
    answer: AnswerDeclaration, recipient: Recipient, organisation: Organisation
) -> tuple[Person, ...]:
    """The people in office who may give this answer: whom to urge (催办)."""
    unit = unit_of(recipient)
    if unit is None:
        person = organisation.find_person(Login(recipient))
        return () if person is None else (person,)
    found = (
        person
        for token in _answering(answer, unit, organisation)
        for person in organisation.holders(token)
    )
    return tuple({person.login: person for person in found}.values())


def may_answer(
    kind: Kind, recipient: Recipient, reader: Reader, organisation: Organisation
) -> bool:
    """Whether this reader gives this answer: himself, for his unit, or for who does."""
    unit = unit_of(recipient)
    if kind.answer is None or unit is None:
        return kind.answer is not None and Login(recipient) == reader.login
    return any(
        not reader.tokens.isdisjoint((token, deputy_token(token), deputy_token(token, kind.kind)))
        for token in _answering(kind.answer, unit, organisation)
    )


def _answering(
    answer: AnswerDeclaration, unit: UnitCode, organisation: Organisation
) -> tuple[Token, ...]:
    """The posts that answer for a unit; where all are vacant, everybody of it does."""
    posts = (organisation.post_of(unit, post) for post in answer.posts)
    return tuple(token for token in posts if token is not None) or (unit_token(unit),)


def _units_of(tokens: frozenset[Token], organisation: Organisation) -> Iterator[UnitCode]:
    for token in tokens:
        if token.startswith(_UNIT):
            yield organisation.successor(UnitCode(token.removeprefix(_UNIT)))
    if EVERYONE in tokens:
        for person in organisation.people:
            if not person.disabled:
                yield organisation.successor(person.unit)
