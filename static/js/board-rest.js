// What the participants' page can do beyond writing (board.js). It hears of what happened before it was there from
// "board:whole", fired on document.
import "./stage.js";
import "./outbox-rescue.js";
import "./outbox-bar.js";
import "./move.js";
import "./board-menus.js";
import "./board-editor.js";
import "./board-band.js";
import "./talk.js";
import "./board-views.js";
import "./board-example.js";
import "./segment-names.js";
import "./voting.js";
import "./veiled.js";
import "./others.js";
import "./signals.js";
import "./undo.js";
import "./live.js";
import { goTo } from "./board-back.js";
import { refresh } from "./outbox.js";

const isPhone = matchMedia("(max-width:63.99rem)");
// On a phone one sees what one has undone.
document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  if (/^(un|re)do$/.test(change.kind) && isPhone.matches && !answer.note.deleted) goTo(answer.note.block);
});

document.dispatchEvent(new CustomEvent("board:whole"));
refresh();
