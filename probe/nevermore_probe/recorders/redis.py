"""redis-py, sync and asyncio: commands and their answers; a pipeline gives one entry a command."""
import sys

from .. import guard, patches, work
from ..patches import without_frame
from .exchange import failed, failure


def install(module):
    for name in ("redis.client", "redis.cluster"):
        client = sys.modules.get(name)
        for kind in ("Redis", "RedisCluster"):
            if kind in vars(client or sys):
                patches.wrap(vars(client)[kind], "execute_command", commanding)
        if "Pipeline" in vars(client or sys):
            patches.wrap(client.Pipeline, "execute", piping)
            patches.wrap(client.Pipeline, "immediate_execute_command", commanding)
    for name in ("redis.asyncio.client", "redis.asyncio.cluster"):
        client = sys.modules.get(name)
        for kind in ("Redis", "RedisCluster"):
            if kind in vars(client or sys):
                patches.wrap(vars(client)[kind], "execute_command", commanding_later)
        if "Pipeline" in vars(client or sys):
            patches.wrap(client.Pipeline, "execute", piping_later)
            patches.wrap(client.Pipeline, "immediate_execute_command", commanding_later)


def asked(command, above=4):
    if not work.ACTIVE:
        return None
    try:
        entry = work.entry("redis", above)
        entry["command"] = [work.cut(part) for part in command[:work.ITEMS]]
        return entry
    except Exception as trouble:
        guard.swallow(trouble)
        return None


def answered(entry, answer):
    try:
        if entry is not None:
            entry["answer"] = work.cut(answer)
    except Exception as trouble:
        guard.swallow(trouble)


def commanding(plain):
    def execute_command(self, *arguments, **options):
        entry = asked(arguments)
        try:
            answer = plain(self, *arguments, **options)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, answer)
        return answer
    return execute_command


def commanding_later(plain):
    async def execute_command(self, *arguments, **options):
        entry = asked(arguments)
        try:
            answer = await plain(self, *arguments, **options)
        except BaseException as error:
            failed(entry, error)
            raise
        answered(entry, answer)
        return answer
    return execute_command


def stacked(pipeline):
    """The commands that wait in a pipeline, in entries of their own."""
    try:
        if not work.ACTIVE:
            return []
        stack = [item[0] if type(item) is tuple else item.args for item in list(vars(pipeline).get("command_stack") or ())]
        return [asked(command, 5) for command in stack]
    except Exception as trouble:
        guard.swallow(trouble)
        return []


def settled(entries, answers):
    try:
        if type(answers) is list and len(answers) == len(entries):
            for entry, answer in zip(entries, answers):
                if entry is not None and issubclass(type(answer), BaseException):
                    entry["failure"] = failure(answer)
                else:
                    answered(entry, answer)
    except Exception as trouble:
        guard.swallow(trouble)


def piping(plain):
    def execute(self, *arguments, **named):
        entries = stacked(self)
        try:
            answers = plain(self, *arguments, **named)
        except BaseException as error:
            without_frame(error)
            settled(entries, [error] * len(entries))
            raise
        settled(entries, answers)
        return answers
    return execute


def piping_later(plain):
    async def execute(self, *arguments, **named):
        entries = stacked(self)
        try:
            answers = await plain(self, *arguments, **named)
        except BaseException as error:
            without_frame(error)
            settled(entries, [error] * len(entries))
            raise
        settled(entries, answers)
        return answers
    return execute
