"""From what stands in the inbox to the complaint's log, and to the notifier where a person only wants an answer.

Everything here may be repeated: the cause of each event is the message's key, and a question carries an id of its own.
"""

import json
from dataclasses import replace
from typing import Any, assert_never

from services.complaint import commands as c
from services.complaint.aggregate import COMPLAINT
from services.complaint.events import Event, Message, Past
from services.complaint.state import State
from services.contracts import ids, place_codes, subjects
from services.contracts.commands import Refusal
from services.contracts.facts.live import LIVE
from services.contracts.intake import MAX_TEXT, Ask, AskKind, StoredReceipt
from services.intake.conversation import decisions as d
from services.intake.identity import codes
from services.intake.inbox.breath import Breath
from services.intake.inbox.chats import CONCERNED, READ_AT_MOST, REPORTER, Chats, Keys, Remembered
from services.intake.inbox.decided import OfOne, Opening, Settled, Several
from services.intake.inbox.incoming import Incoming, Receipt
from services.intake.officers.orders import Order
from services.runtime import logs
from services.runtime.blobs import Blobs
from services.runtime.deciding import Decider
from services.runtime.publishing import Publisher
from services.runtime.sealing import DataKey, seal
from services.runtime.vault import Vault

_TAKEN_DOWN = frozenset({LIVE, "link"})
"""Channels of what staff wrote down of somebody who spoke elsewhere."""

ComplaintDecider = Decider[State, c.Command, Event]

_log = logs.get(__name__)


def decider(log: Any, vault: Vault, clock: Any) -> ComplaintDecider:
    return Decider(log, COMPLAINT, subjects.complaint, vault, clock)


class NotOpenYetError(Exception):
    """The complaint's opening has not been appended; it will be, as soon as its own message is at hand again."""


class Acts:
    def __init__(
        self, decider: ComplaintDecider, publisher: Publisher, vault: Vault, blobs: Blobs, chats: Chats
    ) -> None:
        self._decider = decider
        self._publisher = publisher
        self._receipts = publisher.sharing()  # three come for every message that we send
        self._vault = vault
        self._blobs = blobs
        self._chats = chats
        self._breath = Breath()

    async def carry_out(self, one: Remembered, keys: Keys) -> None:
        """Raises NotOpenYetError, or errors of the machinery; in both cases it is to be called again."""
        for waited in one.before:
            await self.carry_out(waited, keys)
        match one.decision:
            case d.Nothing() | d.Hold(tells=False) | Order():  # an officer's wish waits in `officers.worker`'s table
                return
            case d.Tell() | d.Hold():
                await self._tell(one, one.decision.kind, one.decision.complaints)
            case d.Forget():
                await self._forget(one, one.decision)
            case d.Raise():
                await self._raise(one, one.decision, keys)
            case d.MayCall():
                await self._may_call(one, one.decision, keys)
            case d.News():
                await self._news(one, one.decision, keys)
            case d.Affected():
                await self._affected(one, one.decision)
            case Settled():
                if one.decision.then is not None:
                    await self._several(one, one.decision.then, keys)
            case Several():
                await self._several(one, one.decision, keys)
            case _:
                await self._one(one, one.decision, keys)

    async def _several(self, one: Remembered, several: Several, keys: Keys) -> None:
        for position, part in enumerate(several.parts):
            await self._one(one, part, keys, files=position == 0 or isinstance(part, Opening))

    async def _one(self, one: Remembered, part: OfOne, keys: Keys, *, files: bool = True) -> None:
        """`files`: those of the message go with it."""
        spans = part.spans if isinstance(part, Opening) else ()
        message = await self._message(one, part.complaint, keys, spans=spans, files=files)
        if message is not None:
            command = _command(part, one.incoming.key, message)
            if isinstance(command, c.OpenComplaint) and one.incoming.channel in _TAKEN_DOWN:
                command = await self._taken_down(one, part.complaint, command, keys)
            if isinstance(command, c.OpenComplaint) and (past := one.incoming.message.past) is not None:
                command = replace(command, past=Past(how=past.how, ended=past.ended), reachable=False)
            await self._execute(one, part.complaint, command)
        if isinstance(part, d.Done | d.NotDone) and part.hush:
            cause = ids.derive(await self._vault.id_key(one.incoming.city.id), "hush", one.incoming.key)
            for complaint in part.hush:  # the words go with what they say beside it
                await self._execute(one, complaint, c.StopNews(cause=cause, party=REPORTER))
        if isinstance(part, Opening):
            await self._concerned(one, part.complaint, keys)
            if part.asks is not None and one.conversation is not None:
                await self._tell(one, part.asks, (part.complaint,))
            if part.call:
                cause = ids.derive(await self._vault.id_key(one.incoming.city.id), "may-call", one.incoming.key)
                await self._execute(one, part.complaint, c.AllowContact(cause=cause, party=REPORTER))

    async def _may_call(self, one: Remembered, call: d.MayCall, keys: Keys) -> None:
        for complaint in call.complaints:
            message = await self._message(one, complaint, keys)
            if message is not None:
                command = c.AllowContact if call.may else c.DisallowContact
                await self._execute(one, complaint, command(cause=one.incoming.key, party=REPORTER, message=message))

    async def _news(self, one: Remembered, news: d.News, keys: Keys) -> None:
        """Said once: the words, and so the answer, go with the first complaint that can still take them."""
        said = False
        command = c.ResumeNews if news.wanted else c.StopNews
        for complaint in news.complaints:
            message = None if said else await self._message(one, complaint, keys)
            if message is not None or said:
                said = True
                await self._execute(one, complaint, command(cause=one.incoming.key, party=REPORTER, message=message))

    async def _affected(self, one: Remembered, affected: d.Affected) -> None:
        """Counted, not opened: who it is can't be followed from matter to matter."""
        assert one.conversation is not None
        id_key = await self._vault.id_key(one.incoming.city.id)
        who = ids.derive(id_key, "affected", affected.complaint, one.conversation)
        command = c.CountAffected(cause=one.incoming.key, who=who, channel=one.incoming.channel)
        await self._execute(one, affected.complaint, command)
        await self._tell(one, "affected", ())

    async def _taken_down(
        self, one: Remembered, complaint: str, command: c.OpenComplaint, keys: Keys
    ) -> c.OpenComplaint:
        """What staff wrote down of somebody who spoke on air or elsewhere: nothing can be sent back to them."""
        pair, name = (complaint, REPORTER), one.incoming.message.sender.name
        key = keys.get(pair) or (await self._vault.keys([pair])).get(pair)
        handle = seal(key, one.incoming.key, "handle", name) if key is not None and name else None
        return replace(command, handle=handle, reachable=False)

    async def _concerned(self, one: Remembered, complaint: str, keys: Keys) -> None:
        """Whom it is about, sealed for that person alone."""
        counter = one.incoming.message.counter
        if counter is None or counter.concerned is None:
            return
        pair = (complaint, CONCERNED)
        key = keys.get(pair) or (await self._vault.keys([pair])).get(pair)
        if key is None:
            return
        cause = ids.derive(await self._vault.id_key(one.incoming.city.id), "concerned", one.incoming.key)
        name, place = (
            seal(key, cause, field, text) if text else None
            for field, text in (("name", counter.concerned.name), ("place", counter.concerned.place))
        )
        await self._execute(one, complaint, c.RecordConcerned(cause=cause, name=name, place=place))

    async def _forget(self, one: Remembered, forget: d.Forget) -> None:
        """Keys, contacts and the chat's links go when the erasure stands in the log (`memory`)."""
        for complaint in forget.complaints:
            await self._execute(one, complaint, c.EraseReporter(cause=one.incoming.key, party=REPORTER))
        if not forget.complaints and one.conversation is not None:
            await self._chats.forget_chat(one.incoming.city.id, one.conversation)

    async def _raise(self, one: Remembered, raised: d.Raise, keys: Keys) -> None:
        for complaint in raised.complaints:
            message = await self._message(one, complaint, keys)
            if message is not None:
                command = c.RaiseConfidentiality(
                    cause=one.incoming.key, level=raised.level, by=REPORTER, party=REPORTER, message=message
                )
                await self._execute(one, complaint, command)

    async def _execute(self, one: Remembered, complaint: str, command: c.Command) -> None:
        incoming, counter = one.incoming, one.incoming.message.counter
        outcome = await self._decider.execute(
            incoming.city.id,
            complaint,
            command,
            cause=command.cause,
            actor=REPORTER if counter is None else f"seat:{counter.by}",
            at=incoming.at,
            fresh=one.fresh and isinstance(command, c.OpenComplaint),
        )
        if isinstance(outcome, Refusal):
            if outcome.code == "unknown_complaint":
                raise NotOpenYetError(complaint)
            # Erased meanwhile: there is nobody left whose word it could be.
            _log.info("message_refused", complaint=complaint, code=outcome.code)

    async def _message(
        self, one: Remembered, complaint: str, keys: Keys, *, spans: d.Spans = (), files: bool = True
    ) -> Message | None:
        """The message, or parts of it, sealed for this complaint; None when its party was erased."""
        key = keys.get((complaint, REPORTER))
        if key is None:
            key = (await self._vault.keys([(complaint, REPORTER)])).get((complaint, REPORTER))
        if key is None:
            return None
        incoming, said, cause = one.incoming, one.incoming.message, one.incoming.key
        text, blob = await self._text(incoming.city.id, _part(said.text, spans), key)
        return Message(
            channel=incoming.channel,
            door=incoming.door.id,
            form=said.form,
            text=seal(key, cause, "text", text) if text else None,
            text_blob=blob,
            place=seal(key, cause, "place", json.dumps(said.pin.model_dump())) if said.pin is not None else None,
            ward_code=_ward(incoming),
            provider_id=seal(key, cause, "provider_id", said.id),
            media=len(said.media) if files else 0,
            forwarded=said.forwarded,
            sent_at=said.sent_at,
        )

    async def _text(self, city: str, text: str | None, key: DataKey) -> tuple[str | None, str | None]:
        """A long text goes whole to a blob; its beginning stays in the event."""
        if text is None or len(text) <= MAX_TEXT:
            return text, None
        blob = await self._blobs.put(key, await self._vault.id_key(city), text.encode())
        return text[:MAX_TEXT], blob.name

    async def _tell(self, one: Remembered, kind: AskKind, complaints: tuple[str, ...]) -> None:
        incoming, id_key = one.incoming, await self._vault.id_key(one.incoming.city.id)
        assert one.conversation is not None
        if self._breath.answered(one.conversation, kind, incoming.key, incoming.at):
            return
        name = ids.derive(id_key, "ask", incoming.key)
        detail = None
        if kind == "join_code":
            pair = (one.conversation, REPORTER)
            if (key := (await self._vault.keys([pair])).get(pair)) is None:
                return  # forgotten meanwhile
            detail = seal(key, name, "detail", codes.of(id_key, incoming.key))
        ask = Ask(
            id=name,
            city=incoming.city.id,
            channel=incoming.channel,
            door=incoming.door.id,
            conversation=one.conversation,
            kind=kind,
            complaints=complaints,
            detail=detail,
        )
        await self._publisher.publish(subjects.ask(incoming.city.id), ask.model_dump_json().encode())

    async def pass_on(self, one: Receipt) -> None:
        """To the notifier, without the provider's own id."""
        said = one.receipt
        stored = StoredReceipt(
            city=one.city.id,
            channel=one.channel,
            provider_key=one.provider_key,
            notice=notice_of(one),
            status=said.status,
            at=said.at,
            code=said.code if said.code is not None and said.code.isprintable() else None,
        )
        await self._receipts.publish(subjects.receipt(one.city.id), stored.model_dump_json().encode())


def _ward(one: Incoming) -> str | None:
    """What was chosen on a form, or the code of a poster that came with the words."""
    said = one.message
    if said.ward is not None:
        return said.ward if said.ward in one.city.wards else None
    return place_codes.find(one.city, said.text[:READ_AT_MOST]) if said.text and "#" in said.text else None


def notice_of(one: Receipt) -> str | None:
    """Our own id as the provider gave it back; what doesn't look like one of ours is none."""
    notice = one.receipt.notice
    return notice if notice is not None and notice.isascii() and notice.isprintable() and len(notice) <= 64 else None


def _part(text: str | None, spans: d.Spans) -> str | None:
    """What of a message belongs to one of its matters."""
    if text is None or not spans:
        return text
    return "\n".join(part for begin, end in spans if (part := text[begin:end].strip(" \t\r\n,;")))


def _command(decision: OfOne, cause: str, message: Message) -> c.Command:
    match decision:
        case Opening():
            return c.OpenComplaint(
                cause=cause,
                ticket=decision.ticket,
                reporter=REPORTER,
                message=message,
                confidentiality=decision.confidentiality,
                first_level=decision.first_level,
                forwarder=decision.forwarder,
                kind=decision.kind,
                session=decision.session,
                urgent=decision.urgent or None,
            )
        case d.Add():
            return c.AddMessage(cause=cause, party=REPORTER, message=message)
        case d.Done():
            return c.SayDone(cause=cause, party=REPORTER, message=message)
        case d.NotDone():
            return c.SayNotDone(cause=cause, party=REPORTER, message=message)
        case d.Cancel():
            return c.Withdraw(cause=cause, party=REPORTER, message=message)
        case d.Afterword():
            return c.GiveAfterword(cause=cause, party=REPORTER, message=message, score=decision.score)
        case _:
            assert_never(decision)
