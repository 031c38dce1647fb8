"""Tells people: what a revision is news of, what an effect says, what time reminds of."""

from collections.abc import Iterable
from datetime import date

from records.identity import KindName, Login, Token
from records.people.organisation import Organisation
from records.revision import Revision
from records.schema.kind import Kind
from records.times.office_time import office_day
from services.notifications.news import news_of
from services.notifications.outgoing import Outgoing
from services.notifications.stream import Matter, NoticeStream


class Teller:
    """Puts notices into streams, and on their way to whoever wants them elsewhere as well."""

    def __init__(self, stream: NoticeStream, outgoing: Outgoing) -> None:
        self._stream = stream
        self._outgoing = outgoing

    def tell_change(
        self, kind: Kind, before: Revision | None, after: Revision, organisation: Organisation
    ) -> None:
        """What the step is news of. May run again."""
        for news in news_of(kind, before, after):
            matter = Matter(
                news.about, after.record, after.event.actor, after.event.at, news.occasion
            )
            today = office_day(after.event.at)
            told = people_and_deputies(organisation, news.to, kind=kind.kind, today=today)
            self.tell(told, matter)

    def tell(self, logins: Iterable[Login], matter: Matter) -> None:
        """Tell each of them once, but not the one who did it. May run again.

        What goes elsewhere as well is noted before the stream is written: killed in between, it
        is sent, perhaps once more than needed, and not forgotten.
        """
        others = [login for login in logins if login != matter.by]
        self._outgoing.add(others, matter)
        self._stream.tell(others, matter)


def people(organisation: Organisation, tokens: Iterable[Token]) -> tuple[Login, ...]:
    """Logins of everyone in office of whom one of the tokens is true, without repetition."""
    return organisation.recipients(tokens)


def people_and_deputies(
    organisation: Organisation, tokens: Iterable[Token], *, kind: KindName, today: date
) -> tuple[Login, ...]:
    """The same, and who acts for them today; what a deputy may not read is not shown to him."""
    wanted = tuple(tokens)
    deputies = organisation.deputies(wanted, kind, today)
    return tuple(dict.fromkeys((*people(organisation, wanted), *deputies)))
