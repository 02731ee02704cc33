// The button on a bill's page. Without a script it would do nothing, so that only a script shows it.

import { counted, day } from "./pieces.js";
import { WatchList, now } from "./watchlist.js";

const box = document.getElementById("follow");
const button = box.querySelector("button");
const told = box.querySelector("[role=status]");
const { bill } = box.dataset;
const changes = Number(box.dataset.changes);
const list = new WatchList();
const SAID = "On your list, in this browser. Nothing is sent: look at My bills, or get alerts.";
const before = list.bills().get(bill);

function show() {
  const followed = list.has(bill);
  button.setAttribute("aria-pressed", String(followed));
  told.textContent = list.trouble || (followed ? sinceLast() || SAID : "");
}

/** What this page has that was not there when the reader last looked. */
function sinceLast() {
  const fresh = before && before.seen !== null ? changes - before.seen : 0;
  return fresh > 0 ? `${counted(fresh, "change")} since you last looked${before.at ? `, on ${day(before.at)}` : ""}.` : "";
}

button.addEventListener("click", () => {
  if (list.has(bill)) list.remove([bill]);
  else list.add([[bill, { seen: changes, at: now() }]]);
});
list.onChange(show);
if (before) list.saw([[bill, changes]]);
show();
box.hidden = false;
