import json
import logging
from collections import deque

from .settlement import Rejected

log = logging.getLogger("payouts")


class Worker:
    """Settles what the queue holds, one message after another."""

    def __init__(self, settlement):
        self.settlement = settlement
        self.queue = deque()
        self.rejected = []

    def receive(self, text):
        self.queue.append(json.loads(text))

    def run(self):
        """Until the queue is empty; the number of messages that were settled."""
        settled = 0
        while self.queue:
            message = self.queue.popleft()
            try:
                self.settlement.settle(message)
                settled += 1
            except Rejected as error:
                self.rejected.append(str(error))
            except Exception:
                log.exception("a message could not be settled")
        return settled
