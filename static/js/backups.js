// The line on the desk about backups: asked for now and every twenty seconds while somebody looks.
const line = document.getElementById("backups");
const EVERY = 20000;
// A tick is for what is there: before the first backup there is a clock.
const STATES = { check: "saved", clock: "draft", warning: "unsent" };

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(line.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { sign, words } = await answer.json();
    line.querySelector("span").textContent = words;
    line.querySelector("use").setAttribute("href", `#i-${sign}`);
    line.dataset.state = STATES[sign];
    line.hidden = false;
  } catch {
    // No connection: the desk says so elsewhere.
  }
}

ask();
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
