// The room check asks the server again and again (htmx). Here: who waits in vain for a minute is shown what may be wrong.
const PATIENCE = 60000;

setTimeout(() => document.querySelector("[data-opens-later]")?.setAttribute("open", ""), PATIENCE);
