// The band under the header: the connection is gone, or back. A short gap is not worth a word. Fires "band:free" on
// document when it has nothing more to say.
import { words } from "./board-toast.js";

const PATIENCE = 3000;
const band = document.getElementById("band");
let timer = 0;
let unsent = 0;
let shown = "";

function write(state) {
  shown = state;
  band.hidden = !state;
  band.classList.toggle("banner--ok", state === "back");
  if (!state) return document.dispatchEvent(new CustomEvent("band:free"));
  band.querySelector("use").setAttribute("href", state === "back" ? "#i-check" : "#i-off");
  const count = state === "lost" && unsent ? ` ${words.unsentCount.replace("{n}", unsent)}.` : "";
  band.querySelector("span").textContent = `${words[state]}.${count}`.replace("..", ".");
}

document.addEventListener("live:state", (event) => {
  const { state } = event.detail;
  clearTimeout(timer);
  if (state === "denied") write("denied");
  else if (state === "off") timer = setTimeout(() => write("lost"), PATIENCE);
  else if (shown === "lost") {
    write("back");
    timer = setTimeout(() => write(""), PATIENCE);
  }
});

document.addEventListener("outbox:state", (event) => {
  unsent = event.detail.state === "unsent" ? event.detail.count : 0;
  if (shown === "lost") write("lost");
});
