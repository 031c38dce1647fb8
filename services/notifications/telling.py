"""Tells people: what a revision is news of, what an effect says, what time reminds of."""

from collections.abc import Iterable

from records.identity import Login
from records.kind import Kind
from records.organisation import Organisation
from records.revision import Revision
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
            self.tell(organisation.recipients(news.to), matter)

    def tell(self, logins: Iterable[Login], matter: Matter) -> None:
        """Tell each of them once, but not the one who did it. May run again.

        What goes elsewhere as well is noted before the stream is written: killed in between, it
        is sent, perhaps once more than needed, and not forgotten.
        """
        others = [login for login in logins if login != matter.by]
        self._outgoing.add(others, matter)
        self._stream.tell(others, matter)
