// One change sent once, and what to make of the answer: "ok", "again" (nobody knows whether it arrived), "held" (not
// for this person, at the moment) or "refused" (for good).
const PATIENCE = 15000;
const SHORTEST = 500;
const LONGEST = 10000;
const TRY_AGAIN = new Set([408, 425, 429]);
const HELD = new Set([401, 403, 404]);

// signal ends the waiting, not the change.
export async function post(change, person, signal) {
  const stop = new AbortController();
  const end = () => stop.abort();
  const timer = setTimeout(end, PATIENCE);
  signal.addEventListener("abort", end);
  try {
    const answer = await fetch(change.url, {
      method: "POST", body: new URLSearchParams(change.body), signal: stop.signal,
      headers: { Accept: "application/json", "Kanvas-Person": person },
    });
    return { ...read(answer.status, await said(answer)), after: Number(answer.headers.get("retry-after")) || 0 };
  } catch {
    return { is: "again", after: 0 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

async function said(answer) {
  const isJson = (answer.headers.get("content-type") || "").includes("json");
  return isJson ? answer.json() : null;
}

// What is no answer of ours comes from something in between, such as a hotel's sign-in page.
function read(status, body) {
  const isOurs = Number.isInteger(body?.rev) && ("note" in body || "comment" in body);
  if (status < 400) return isOurs ? { is: "ok", ...body } : { is: "again" };
  if (TRY_AGAIN.has(status) || typeof body?.error !== "string") return { is: "again" };
  if (status >= 500) return { is: "again", code: body.error, reason: body.message };
  return { is: HELD.has(status) ? "held" : "refused", code: body.error, reason: body.message };
}

// Full jitter: a room that was cut off together does not come back together.
export function backoff(tries, after) {
  if (after) return Math.min(after, 30) * 1000 * (1 + Math.random() / 4);
  return Math.min(LONGEST, SHORTEST * 2 ** (tries - 1)) * Math.random();
}
