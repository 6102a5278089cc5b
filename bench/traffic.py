"""What a page costs a phone: requests and bytes over the network, and what its processor is kept from."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# A cheap phone and a full room's Wi-Fi (Chromium's own emulation; milliseconds, bytes per second).
SLOW_CPU = 6
LATENCY = 300
BYTES_PER_SECOND = 400_000 / 8
_LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push(entry.duration);
}).observe({ type: "longtask", buffered: true });
"""


@dataclass
class Traffic:
    """Everything a page asks the network for, from now on. Bytes are as they travel, headers included."""

    page: Page
    bytes_of: dict[str, int] = field(default_factory=dict)
    _urls: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.on("Network.requestWillBeSent", self._asked)
        self.devtools.on("Network.requestServedFromCache", self._kept)
        self.devtools.on("Network.responseReceived", self._answered)
        self.devtools.on("Network.dataReceived", self._received)
        self.devtools.on("Network.loadingFinished", self._finished)
        self.devtools.send("Network.enable")

    @property
    def requests(self) -> int:
        return len(self.bytes_of)

    @property
    def total(self) -> int:
        return sum(self.bytes_of.values())

    def forget(self) -> None:
        """Count from here."""
        self.bytes_of.clear()
        self._urls.clear()

    def slow_down(self) -> None:
        """From now on as on a cheap phone in a full room."""
        conditions = {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        }
        self.devtools.send("Network.emulateNetworkConditions", conditions)
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})

    def watch_tasks(self) -> None:
        """Before the page is loaded: `long_tasks` will know what it was busy with."""
        self.page.add_init_script(_LONG_TASKS)

    def long_tasks(self) -> list[float]:
        """Milliseconds of every stretch above 50 ms in which the page could not react."""
        tasks: list[float] = self.page.evaluate("longTasks")
        return tasks

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith("http"):
            self._urls[event["requestId"]] = url
            self.bytes_of.setdefault(url, 0)

    def _kept(self, event: dict[str, Any]) -> None:
        self.bytes_of.pop(self._urls.pop(event["requestId"], ""), None)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._kept(event)
        elif url := self._urls.get(event["requestId"]):
            # What never finishes, a stream, is counted as it comes.
            self.bytes_of[url] = int(event["response"]["encodedDataLength"])

    def _received(self, event: dict[str, Any]) -> None:
        if url := self._urls.get(event["requestId"]):
            self.bytes_of[url] += int(event["encodedDataLength"])

    def _finished(self, event: dict[str, Any]) -> None:
        if url := self._urls.get(event["requestId"]):
            self.bytes_of[url] = int(event["encodedDataLength"])
