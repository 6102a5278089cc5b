"""All stages somebody watches, and which topics nudge which of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.db import Topic
from app.live.stage import Watcher

# A page that is reloaded finds its stage still warm.
LINGER = 30.0
_MOST_DIGITS = 15


class StageKey(NamedTuple):
    """What is watched: one thing on one surface in one language."""

    surface: str
    id: str
    locale: str


class Watchable(Protocol):
    """A Stage or a Log."""

    revision: int
    epoch: str
    watchers: set[Watcher]

    def nudge(self) -> None: ...
    async def look(self) -> None: ...
    async def run(self) -> None: ...
    def ready(self, since: int) -> bytes | None: ...
    async def frame(self, since: int) -> tuple[int, bytes]: ...


class Opened(NamedTuple):
    """A stage not yet looked at, and the topics that concern it."""

    stage: Watchable
    topics: frozenset[Topic]


@dataclass(slots=True)
class _Running:
    stage: Watchable
    topics: frozenset[Topic]
    loaded: asyncio.Task[None]
    runner: asyncio.Task[None] | None = None
    closer: asyncio.TimerHandle | None = None


class Stages:
    """Opens stages when the first watcher comes, forgets them after the last has left."""

    def __init__(self, open_stage: Callable[[StageKey], Opened]) -> None:
        self._open = open_stage
        self._running: dict[StageKey, _Running] = {}
        self._by_topic: dict[Topic, set[StageKey]] = {}

    def nudge(self, topics: Iterable[Topic]) -> None:
        """These topics changed. Called on the event loop after a commit."""
        for topic in topics:
            for key in self._by_topic.get(topic, ()):
                self._running[key].stage.nudge()

    def widen(self, topic: Topic, more: Iterable[Topic]) -> None:
        """What shows all that belongs to `topic` looks at these from now on as well: they are new in it."""
        added = frozenset(more)
        for key in [key for key in self._by_topic.get(topic, ()) if key.id == topic.id]:
            running = self._running[key]
            running.topics |= added
            for each in added:
                self._by_topic.setdefault(each, set()).add(key)
            running.stage.nudge()

    @contextlib.asynccontextmanager
    async def watch(self, key: StageKey, watcher: Watcher) -> AsyncIterator[Watchable]:
        """The stage for `key`, up to date, with `watcher` registered until the block ends."""
        running = self._running.get(key) or self._start(key)
        if running.closer:
            running.closer.cancel()
            running.closer = None
        # Registered before the first look: no change can fall between them.
        running.stage.watchers.add(watcher)
        try:
            await asyncio.shield(running.loaded)
            yield running.stage
        finally:
            running.stage.watchers.discard(watcher)
            if not running.stage.watchers:
                self._close_later(key, running)

    def _start(self, key: StageKey) -> _Running:
        stage, topics = self._open(key)
        running = _Running(stage, topics, asyncio.create_task(stage.look()))
        running.runner = asyncio.create_task(stage.run())
        self._running[key] = running
        for topic in topics:
            self._by_topic.setdefault(topic, set()).add(key)
        return running

    def _close_later(self, key: StageKey, running: _Running) -> None:
        failed = running.loaded.done() and not running.loaded.cancelled() and running.loaded.exception()
        if failed:
            self._close(key, running)
        else:
            running.closer = asyncio.get_running_loop().call_later(LINGER, self._close, key, running)

    def _close(self, key: StageKey, running: _Running) -> None:
        if running.stage.watchers or self._running.get(key) is not running:
            return
        del self._running[key]
        for topic in running.topics:
            keys = self._by_topic[topic]
            keys.discard(key)
            if not keys:
                del self._by_topic[topic]
        if running.runner:
            running.runner.cancel()

    async def stop(self) -> None:
        """End all stages."""
        tasks = [running.runner for running in self._running.values() if running.runner]
        for running in self._running.values():
            if running.closer:
                running.closer.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._running.clear()
        self._by_topic.clear()


async def starting_point(stage: Watchable, since: str) -> int | None:
    """The revision a reader has who says `since` ("<epoch>-<revision>"; empty: none, so -1).

    None when it belongs to another life of this database, or to none.
    """
    if not since:
        return -1
    epoch, _, digits = since.rpartition("-")
    if epoch != stage.epoch or not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
        return None
    revision = int(digits)
    if revision > stage.revision:
        # The page may have been read just after a commit that the stage has not looked at yet.
        await stage.look()
    return revision if revision <= stage.revision else None
