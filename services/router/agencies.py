"""Tasks into the offices' queues. Each message is the whole current task, so sending one twice is harmless."""

import json
from collections.abc import Sequence

from nats.aio.client import Client

from services.contracts import subjects
from services.contracts.tasks import Task
from services.runtime import figures
from services.runtime.failures import Away
from services.runtime.replies import NoAnswer, Replies


class QueueAway(Away):
    """The stream of tasks can't take this now."""


class Agencies:
    def __init__(self, connection: Client, timeout: float = 5.0) -> None:
        """`timeout`: seconds for the acknowledgements."""
        self._replies = Replies.of(connection)
        self._timeout = timeout

    async def publish(self, tasks: Sequence[Task]) -> None:
        """Returns once all of them stand. `QueueAway` if one may not."""
        if not tasks:
            return
        requests = [
            (subjects.agency_task(task.city, task.seat, task.complaint), task.model_dump_json().encode())
            for task in tasks
        ]
        try:
            answers = await self._replies.ask_all(requests, self._timeout)
        except NoAnswer as error:
            raise QueueAway(str(error)) from error
        for (subject, _), answer in zip(requests, answers, strict=True):
            ack = json.loads(answer.data) if answer.data else {"error": {"description": "nobody keeps tasks"}}
            if "error" in ack:
                raise QueueAway(str(ack["error"].get("description", "")))
            figures.record_sent(subject)
