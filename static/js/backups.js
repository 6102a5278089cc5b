// The line on the desk about backups: asked for now and every twenty seconds while somebody looks.
const line = document.getElementById("backups");
const EVERY = 20000;

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(line.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { well, words } = await answer.json();
    line.querySelector("span").textContent = words;
    line.querySelector("use").setAttribute("href", well ? "#i-check" : "#i-warning");
    line.dataset.state = well ? "saved" : "unsent";
    line.hidden = false;
  } catch {
    // No connection: the desk says so elsewhere.
  }
}

ask();
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
