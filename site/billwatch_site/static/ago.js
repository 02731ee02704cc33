// How long ago a source was last asked. The page can only say when; the reader's clock says the rest.

import { counted } from "./pieces.js";

export function ago(then, now) {
  const hours = Math.floor((now - Date.parse(then)) / 3_600_000);
  if (!(hours >= 0)) return ""; // no date, or a clock that is behind
  if (hours < 1) return "less than an hour ago";
  return hours < 48 ? `${counted(hours, "hour")} ago` : `${counted(Math.floor(hours / 24), "day")} ago`;
}

for (const time of document.querySelectorAll("time.ago")) {
  const words = ago(time.dateTime, Date.now());
  if (words) time.after(`, ${words}`);
}
