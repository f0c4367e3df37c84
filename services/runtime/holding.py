"""What a follower has in hand: stored messages from their arrival until the last of their pieces is settled."""

import time

from nats.aio.client import Client

from services.runtime.delivery import Arrived, Delivery
from services.runtime.failures import is_infrastructure

_ACK, _STILL_AT_IT = b"+ACK", b"+WPI"
_GIVEN_BACK = b'-NAK {"delay": 100000000}'
"""With a delay (ns) the server sorts them again; several at once came back as 2, 3, 1."""


class Stored:
    """A stored message in hand."""

    __slots__ = ("kept_at", "pieces", "refused", "reply", "sequence")

    def __init__(self, sequence: int, reply: str, pieces: int) -> None:
        self.sequence = sequence
        self.reply = reply
        self.pieces = pieces
        self.refused = False
        self.kept_at = time.monotonic()


class Held:
    """What is handled as one: a whole message, or a piece of one whose pieces are apart."""

    __slots__ = ("delivery", "key", "message")

    def __init__(self, delivery: Delivery, key: str, message: Stored) -> None:
        self.delivery = delivery
        self.key = key
        self.message = message


class InHand:
    """Counts, acks and keeps alive what was delivered and isn't settled yet."""

    def __init__(self, connection: Client, *, apart: bool) -> None:
        """`apart`: one stored message may hold several that have nothing to do with each other."""
        self._connection = connection
        self._apart = apart
        self._messages: dict[int, Stored] = {}
        self.count = 0
        """Pieces in hand."""
        self.pending = 0
        """Messages that wait at the server, as far as the last delivery told."""
        self.moved_at = time.monotonic()
        """When something was last settled, or taken into empty hands."""

    def take(self, found: Arrived) -> list[tuple[Delivery, Stored]]:
        """The pieces that are new to us, in order; none if we hold the message already."""
        self.pending = found.pending
        sequence = found.delivery.sequence
        known = self._messages.get(sequence)
        if known is not None:  # came again while we hold it: the newest ack subject counts
            known.reply = found.reply
            return []
        if not self.count:
            self.moved_at = time.monotonic()
        pieces = found.delivery.apart() if self._apart else [found.delivery]
        stored = self._messages[sequence] = Stored(sequence, found.reply, len(pieces))
        self.count += len(pieces)
        return [(piece, stored) for piece in pieces]

    async def settle(self, held: Held) -> None:
        """Done with; the message is acked with the last of its pieces."""
        self.moved_at = time.monotonic()
        if self._let_go(held) and not held.message.pieces and not held.message.refused:
            await self._answer(held.message, _ACK)

    def refuse(self, held: Held) -> None:
        """Let go without an ack: the message comes again after the ack wait."""
        held.message.refused = True
        self._let_go(held)

    def _let_go(self, held: Held) -> bool:
        """No longer in hand. False if it was not: everything was given back meanwhile."""
        message = held.message
        if self._messages.get(message.sequence) is not message:
            return False
        self.count -= 1
        message.pieces -= 1
        if not message.pieces:
            del self._messages[message.sequence]
        return True

    async def keep_alive(self, older_than: float) -> None:
        """Tell the server that we still hold what it last heard of more than `older_than` seconds ago."""
        before = time.monotonic() - older_than
        for message in [one for one in self._messages.values() if one.kept_at <= before]:
            message.kept_at = time.monotonic()
            await self._answer(message, _STILL_AT_IT)

    async def give_back(self) -> None:
        """Everything, at once instead of after the ack wait."""
        for message in sorted(self._messages.values(), key=lambda one: one.sequence):
            await self._answer(message, _GIVEN_BACK)

    def forget(self) -> None:
        self._messages.clear()
        self.count = 0

    async def _answer(self, message: Stored, answer: bytes) -> None:
        try:
            await self._connection.publish(message.reply, answer)
        except Exception as error:
            if not is_infrastructure(error):
                raise
            # Not answered: it comes again after the ack wait, and handling it twice is harmless.
