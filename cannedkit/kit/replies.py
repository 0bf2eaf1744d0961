"""What a kit does with a reply that is to go out: show it, fill it, join it with others, approve it, prove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from cannedkit.kit.drafts import Drafts
from cannedkit.model.errors import InputError, ReplyError
from cannedkit.model.result import Rendering
from cannedkit.wire import arguments
from cannedkit.wire.arguments import absent

if TYPE_CHECKING:
    from cannedkit.model.approval import Approval, Proof
    from cannedkit.model.response import Reply, Stack


class Replies(Drafts):
    """A catalogue whose replies are filled and sent, and texts that were. Safe to share between threads."""

    def renderings(self, id: str, *, locale: str | None = None, channel: str | None = None) -> list[Rendering]:
        """The response as its customers read it, once for each wording and set of samples; only those asked for.

        Raises ReplyError.
        """
        from cannedkit.catalogue.renderings import chosen

        response = self.response(id)
        tag = None if absent(locale) else arguments.locale(locale, ReplyError)
        if tag is not None:
            arguments.one_of(tag, "locale", self.settings.locales, ReplyError)
        name = None if absent(channel) else self._channel(channel, ReplyError)
        return chosen(response, self.settings, tag, name)

    def reply(
        self,
        id: str,
        given: Mapping[str, object] | None = None,
        *,
        locale: str | None = None,
        channel: str | None = None,
        variation: int | None = None,
        known: Iterable[str] | None = None,
        today: date | None = None,
        fallback_locale: bool | None = None,
        seed: str | int | None = None,
        sent: Iterable[str] | None = None,
    ) -> Reply:
        """The response rendered for sending: nothing is missing from it and no brace is left in it.

        A string goes out as given; int, Decimal, date and Money are written for the locale. `variation` counts from 1,
        the default; a `seed`, such as the conversation's id, chooses one, always the same; no text that was `sent` is
        said again. Never crosses languages unless `fallback_locale`. Raises ReplyError, also for a promise that it
        would break: what it `requires` is not among the facts `known`, its offer or a fact ended before `today`, or its
        text is not approved where `approval: required`.
        """
        from cannedkit.catalogue.reply import Sending, compose

        return compose(
            self.response(id),
            self.settings,
            {} if given is None else arguments.values(given),
            lock=self.lock,
            sending=Sending(
                () if known is None else arguments.known(known, self.settings.known, ReplyError),
                date.today() if today is None else arguments.day(today, "today", ReplyError),
                () if sent is None else arguments.texts(sent, "sent", ReplyError),
                "" if absent(seed) else arguments.seed(seed, ReplyError),
            ),
            locale=self.settings.locale if absent(locale) else arguments.locale(locale, ReplyError),
            channel=None if absent(channel) else arguments.text(channel, "channel", ReplyError),
            variation=None if variation is None else arguments.whole(variation, "variation", ReplyError),
            fallback_locale=fallback_locale is not None
            and arguments.flag(fallback_locale, "fallback_locale", ReplyError),
        )

    def stack(
        self,
        ids: Iterable[str],
        given: Mapping[str, object] | None = None,
        *,
        locale: str | None = None,
        channel: str | None = None,
        known: Iterable[str] | None = None,
        today: date | None = None,
        fallback_locale: bool | None = None,
    ) -> Stack:
        """Several responses as one message for sending: one greeting, one sign-off, and all that each says.

        Each is a `reply` with the values `given` for all of them; the channel is the first that serves all. Raises
        ReplyError.
        """
        from cannedkit.catalogue.stack import common_channel, stack

        responses = [self.response(id) for id in arguments.texts(ids, "ids", ReplyError)]
        said: dict[str, Any] = {"locale": locale, "known": None if known is None else tuple(known), "today": today}
        sent_on = common_channel(responses, channel or "")
        replies = [
            self.reply(one.id, given, channel=sent_on, fallback_locale=fallback_locale, **said) for one in responses
        ]
        return stack(responses, replies)

    # -- approval --

    def approve(
        self,
        ids: Iterable[str],
        *,
        by: str,
        locale: str | None = None,
        note: str | None = None,
        on: datetime | None = None,
    ) -> tuple[Approval, ...]:
        """The approvals of all bodies of some responses (of one locale), written into cannedkit.lock.

        `ids` are ids, shortcuts, or patterns with `*` that pass over what is retired; `by` is who read the texts, `on`
        when, now by default. All are approved or, on an error, none. Raises ReplyError for an id that is not
        there, CannedkitError where `by` is none of the owner's `approvers`, InputError where the lock is unreadable.
        """
        from cannedkit.catalogue.approve import approve, chosen

        found = approve(
            chosen(self.catalogue, arguments.texts(ids, "ids", InputError)),
            self.settings,
            arguments.line(by, "by", InputError),
            datetime.now(UTC) if on is None else arguments.moment(on, "on", InputError),
            locale="" if absent(locale) else arguments.locale(locale, InputError),
            note="" if absent(note) else arguments.line(note, "note", InputError),
        )
        with self._lock:
            self._approvals = self._index = None
            self._searched.clear()
        return found

    def prove(
        self, text: str, *, subject: str | None = None, locale: str | None = None, channel: str | None = None
    ) -> Proof:
        """Whether a text that was sent is a rendering of an approved body; which, with which values, approved by whom.

        With `subject` both must be, with the same values; `locale` and `channel` are those it was sent in, None for
        any. Texts count as the lock holds them, also where their reply changed since; facts as they are now. Raises
        InputError, and CatalogueError as `catalogue` does.
        """
        from cannedkit.catalogue import prove

        with self._lock:
            self._index = self._index or prove.index(self.catalogue, self.lock, self.settings)
            index = self._index
        return prove.prove(
            index,
            arguments.text(text, "text", InputError),
            subject=None if subject is None else arguments.text(subject, "subject", InputError),
            locale="" if absent(locale) else arguments.locale(locale, InputError),
            channel="" if absent(channel) else self._channel(channel, InputError),
        )
