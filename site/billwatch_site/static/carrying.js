// Carry a list elsewhere: as a link, as JSON, and as OPML, which feed readers read.

import { entriesIn, isBill, written } from "./watchlist.js";

const FEED = /\/([a-z]{2,8}\/[0-9][0-9a-z-]*\/[A-Z]{1,5}[0-9]{1,6})\/[a-z-]+\.(?:xml|json)$/;

/** "#ny/2025/S4505,ny/2017/S9191": what stands behind # is never sent to a server. */
export function toFragment(ids) {
  return `#${[...ids].join(",")}`;
}

/** The bills that a fragment names, each once; anything else in it is no bill. */
export function fromFragment(fragment) {
  let text = fragment.slice(1);
  try {
    text = decodeURIComponent(text);
  } catch {
    // what is not an encoding stays as it is, and is no bill
  }
  return [...new Set(text.split(",").filter(isBill))];
}

/** The list as JSON: with what was seen of each bill, so that another browser goes on where this one is. */
export function toJson(list) {
  return `${JSON.stringify(JSON.parse(written(list)), null, 1)}\n`;
}

/** The feeds of bills as OPML. `bills` are {id, number, sessionName, headline}. */
export function toOpml(bills, title, root) {
  const opml = document.implementation.createDocument(null, "opml");
  const add = (parent, name, attributes = {}, text = "") => {
    const made = parent.appendChild(opml.createElement(name));
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };
  opml.documentElement.setAttribute("version", "2.0");
  add(add(opml.documentElement, "head"), "title", {}, title);
  const body = add(opml.documentElement, "body");
  for (const { id, number, sessionName, headline } of bills) {
    const text = `${number} (${sessionName}): ${headline}`;
    const folder = new URL(`${id}/`, root).href;
    add(body, "outline", { type: "rss", text, title: text, xmlUrl: `${folder}feed.xml`, htmlUrl: folder });
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n${new XMLSerializer().serializeToString(opml)}\n`;
}

/** What a file holds, as pairs of id and {seen, at}: JSON as it was exported, or OPML with feeds of bills; null where
 *  it is neither. */
export function carried(text) {
  const entries = entriesIn(text);
  if (entries) return entries;
  // Read as HTML, which has no errors: other programs' OPML is not always well-formed. Nothing in it acts or is fetched.
  const outlines = [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("opml outline[xmlurl]")];
  const feeds = outlines.map((feed) => FEED.exec(feed.getAttribute("xmlurl"))?.[1]);
  return outlines.length ? [...new Set(feeds.filter(isBill))].map((id) => [id, { seen: null, at: "" }]) : null;
}
