// The guard of the stream (#live, htmx's hx-sse): retries a failed first connection, notices silence, compares
// revisions, survives a restart, and says in <html data-live> how it stands. The page works without it.
// Load it before htmx, or the first connection happens unseen.
// In #live: data-since and data-regions (selector of what a reset renews). Fires "live:state" and "live:fresh".
const STALL = 35000;
const DENIED = new Set([401, 403, 404, 410]);
const root = document.documentElement;
const stream = () => document.getElementById("live");

let connection = null;
let heard = performance.now();
let attempts = 0;
let retryTimer = 0;
let reopenedFor = -1;
let renewing = false;

function report(state) {
  if (root.dataset.live === state) return;
  root.dataset.live = state;
  document.dispatchEvent(new CustomEvent("live:state", { detail: { state } }));
}

function connectLater() {
  clearTimeout(retryTimer);
  const wait = Math.min(15000, 500 * 2 ** attempts++) * (0.7 + 0.6 * Math.random());
  retryTimer = setTimeout(() => {
    if (!connection && root.dataset.live !== "denied") startAnew(stream());
  }, wait);
}

// hx-sse only starts what it has not seen before, so every try is a new element.
function startAnew(element) {
  if (!element) return;
  const copy = element.cloneNode(true);
  copy.removeAttribute("data-htmx-powered");
  element.replaceWith(copy);
  heard = performance.now();
  window.htmx?.process(copy);
}

// Ends the open response; hx-sse connects again with Last-Event-ID.
function reopen() {
  if (!connection) connectLater();
  else if (connection.reader) connection.reader.cancel();
  else connection.delayCanceller?.();
}

function failed(status) {
  if (DENIED.has(status)) {
    report("denied");
    if (connection) connection.cancelled = true;
    return;
  }
  report("off");
  if (!connection) connectLater();
}

function known() {
  const id = connection?.lastEventId || "";
  return Number(id.slice(id.lastIndexOf("-") + 1) || stream()?.dataset.since || 0);
}

const ours = (listener) => (event) => event.target.id === "live" && listener(event);
const on = (name, listener) => document.addEventListener(name, ours(listener));

on("htmx:sse:before:connection", (event) => {
  if (root.dataset.live === "denied") event.detail.connection.cancelled = true;
  connection = event.detail.connection;
  heard = performance.now();
});
on("htmx:sse:after:connection", () => {
  attempts = 0;
  heard = performance.now();
  report("on");
});
on("htmx:sse:before:message", () => { heard = performance.now(); });
on("htmx:sse:after:message", () => document.dispatchEvent(new CustomEvent("live:fresh")));
on("htmx:sse:error", (event) => failed(event.detail.status));
on("htmx:sse:close", () => {
  connection = null;
  if (root.dataset.live !== "denied") failed();
});
on("htmx:error", () => { if (!connection) failed(); });
// An answer that is no stream comes from something in between, such as a hotel's sign-in page.
on("htmx:after:request", (event) => { if (!connection && event.detail.ctx.response.status < 400) failed(); });
on("htmx:response:error", (event) => { if (!connection) failed(event.detail.ctx.response.status); });

on("hb", (event) => {
  const { rev } = JSON.parse(event.detail.data || "{}");
  // What this beat counts may still be on its way: ask again in a moment, and only once per revision.
  setTimeout(() => {
    if (rev > known() && reopenedFor !== rev) {
      reopenedFor = rev;
      reopen();
    }
  }, 2000);
});
on("bye", () => { attempts = 0; });
on("reset", renew);

// The server knows nothing of our past: fetch the page, change what differs, listen from there.
async function renew() {
  const element = stream();
  if (renewing || !element) return;
  if (!element.dataset.regions) return location.reload();
  renewing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok) return failed(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = fresh.getElementById("live");
    if (!next) return location.reload();
    for (const region of fresh.querySelectorAll(element.dataset.regions)) {
      const target = document.getElementById(region.id);
      if (target) await window.htmx.swap({ sourceElement: element, target, swap: "outerMorph", text: region.outerHTML });
    }
    connection?.reader?.cancel();
    connection = null;
    element.replaceWith(document.adoptNode(next));
    window.htmx.process(next);
    document.dispatchEvent(new CustomEvent("live:fresh"));
  } catch {
    failed();
    setTimeout(renew, 3000);
  } finally {
    renewing = false;
  }
}

// htmx may have looked through the page before its extension had arrived, and then never looks again.
addEventListener("DOMContentLoaded", () => setTimeout(() => {
  const element = stream();
  if (element && !element.hasAttribute("data-htmx-powered")) window.htmx?.process(element);
}, 50));

function awake() {
  if (root.dataset.live === "denied") return;
  attempts = 0;
  if (!connection) connectLater();
  else if (!connection.reader) connection.delayCanceller?.();
}

addEventListener("online", () => { awake(); connection?.reader?.cancel(); });
addEventListener("offline", () => report("off"));
addEventListener("pageshow", (event) => { if (event.persisted) reopen(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) awake(); });
setInterval(() => {
  if (connection?.reader && performance.now() - heard > STALL) {
    report("off");
    heard = performance.now();
    connection.reader.cancel();
  }
}, 2000);
