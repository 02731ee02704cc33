// The page of my bills: what is new about them, and what can be done with the list.

import { ROOT, address, directory, everyBill, read } from "./bills.js";
import { carried, fromFragment, toFragment, toJson, toOpml } from "./carrying.js";
import { followed, indexed } from "./news.js";
import { numbersIn } from "./numbers.js";
import { counted, day, el, listed, time } from "./pieces.js";
import { WatchList, isBill, now } from "./watchlist.js";

const page = document.getElementById("my");
const list = new WatchList();
const NEW = "New here"; // what is said of a bill whose sentence is empty
let bills = new Map(); // every bill of the site by its id
let index = new Map(); // what changed lately, by the same
let year = ""; // that of the latest day on which anything changed
let lists = []; // what the site proposes to begin with: [name, ids]

const inside = (id) => page.querySelector(`#${id} > div`);
const known = (id) => ({ seen: index.get(id)?.changes ?? null, at: now() });
const name = (id) => bills.get(id)?.number ?? id.split("/")[2];
const session = (id) => bills.get(id)?.sessionName ?? id.split("/")[1];

/** Follow bills as they are now; what a saved list says of them goes first. */
function add(entries) {
  list.add(entries.map(([id, { seen, at }]) => [id, seen === null ? known(id) : { seen, at: at || now() }]));
}

function button(words, click, more = {}) {
  return el("button", { type: "button", click, ...more }, words);
}

// --- the list --------------------------------------------------------------------------------------------------------

function show() {
  const rows = followed(list.bills(), bills, index);
  const fresh = rows.filter((row) => row.fresh);
  const rest = rows.filter((row) => !row.fresh);
  showNews(fresh, rows.length);
  showRest(rest, fresh.length);
  part("begin", !rows.length, lists.length ? el("ul", { class: "row" }, ...lists.map(proposal)) : "");
  page.querySelector("#link").value = location.href.split("#")[0] + toFragment(rows.map((row) => row.id));
  for (const one of page.querySelectorAll("[data-do]:not([data-do=import]), #carry .ask")) one.hidden = !rows.length;
  const trouble = page.querySelector("#trouble");
  trouble.hidden = !list.trouble;
  trouble.textContent = list.trouble;
}

function part(id, wanted, ...children) {
  page.querySelector(`#${id}`).hidden = !wanted;
  inside(id).replaceChildren(...children.flat().filter(Boolean));
}

function showNews(rows, all) {
  const changes = rows.reduce((sum, row) => sum + row.fresh, 0);
  const told = rows.length
    ? `${counted(changes, "change")} on ${rows.length} of your ${counted(all, "bill")}.`
    : "Nothing has changed on your bills.";
  const seen = button("Mark all as seen", () => markSeen(rows.map((row) => row.id)));
  const head = el("p", { class: "row sum" }, el("span", {}, told), rows.length ? seen : "");
  part("news", all, head, rows.length ? el("ol", {}, ...rows.map(story)) : "");
}

function markSeen(ids) {
  list.saw(ids.map((id) => [id, index.get(id)?.changes ?? 0]));
  stay();
}

/** Whatever was pressed is gone: the focus goes to where the page begins, not to nowhere. */
function stay() {
  page.querySelector("section:not([hidden]) > h2").focus();
}

/** What is new about one bill, as the front page tells it: the sentence first, then which bill that is. */
function story({ id, at, bill, fresh, lines, weight }) {
  const href = address(id);
  const [first, ...others] = lines;
  const rest = fresh - lines.length;
  const since = `${counted(fresh, "change")}${at ? ` since ${day(at)}` : ""}`;
  return el(
    "li",
    { class: `entry ${["milestone", "notable", "detail"][weight]}` },
    kicker(href, id, bill?.stageName, first),
    el("h3", {}, el("a", { href }, first ? first.sentence || bill?.headline || NEW : `${counted(fresh, "change")}, on its page`)),
    first?.sentence === "" ? "" : el("p", { class: "about" }, bill?.headline ?? ""),
    others.length ? el("ul", { class: "lines" }, ...others.map(line)) : "",
    el("p", { class: "row quiet" }, el("span", {}, since, rest > 0 && first ? [", ", el("a", { href }, `${rest} more on its page`)] : ""),
      button("Seen", () => markSeen([id]), { "aria-label": `Seen: ${name(id)}` }), removal(id)),
  );
}

function kicker(href, id, stage, first) {
  return el("p", { class: "kicker" }, el("a", { href }, name(id)), " ", el("span", { class: "session" }, session(id)), " ",
    stage ? el("span", { class: "by" }, stage) : "", " ", first ? when(first.day) : "", " ",
    first?.sentence === "" ? el("span", { class: "mark" }, NEW) : "");
}

function line({ weight, day: on, sentence }) {
  const told = sentence || NEW;
  return el("li", { class: "line" }, weight ? told : el("strong", {}, told), " ", when(on));
}

function when(on) {
  return el("span", { class: "when" }, time(on, year));
}

function removal(id) {
  return button("Remove", () => remove(id), { "aria-label": `Remove ${name(id)} of ${session(id)}` });
}

function remove(id) {
  const before = list.bills().get(id);
  list.remove([id]);
  const undo = button("Put it back", () => (list.add([[id, before]]), say("added", `${name(id)} is on the list again.`), stay()));
  say("added", `${name(id)} of ${session(id)} was removed. `, undo);
  undo.focus();
}

function showRest(rows, fresh) {
  page.querySelector("#rest-title").textContent = fresh ? "Nothing new" : "On your list";
  const head = ["Bill", "What it does", "Where it stands", "Last change", ""].map((words) => el("th", { scope: "col" }, words));
  head.at(-1).append(el("span", { class: "unseen" }, "Remove"));
  const table = el("table", { class: "bills" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows.map(row)));
  part("rest", rows.length, table);
}

function row({ id, bill, last }) {
  const where = bill ? bill.stageName : "This site has no page of it now. It stays on your list.";
  const title = bill ? el("a", { href: address(id) }, bill.headline) : "";
  const link = bill ? el("a", { href: address(id) }, name(id)) : name(id);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, link, " ", el("span", { class: "session" }, session(id))),
    el("td", {}, title),
    el("td", {}, where),
    el("td", { class: "last" }, last ? [last.sentence || NEW, " ", el("span", { class: "when" }, time(last.day))] : ""),
    el("td", { class: "do" }, removal(id)),
  );
}

// --- where it begins -------------------------------------------------------------------------------------------------

/** What the site proposes: the publisher's own bills, then what moves and each topic of the latest session. */
function proposals(names, ours) {
  const latest = new Set(names.shards.slice(0, 1).map((shard) => shard.session));
  const open = [...bills.values()].filter((bill) => bill.followed && latest.has(bill.session));
  const ids = (wanted) => open.filter(wanted).map((bill) => bill.id);
  return [
    ["The bills this site takes a position on", ours],
    ["With the executive", ids((bill) => bill.stage === "with-executive")],
    ["Past one chamber or both", ids((bill) => ["passed-one-chamber", "passed-both"].includes(bill.stage))],
    ["On the floor", ids((bill) => bill.stage === "on-floor")],
    ...names.topics.map(([topic, words]) => [words, ids((bill) => bill.topics.includes(topic))]),
  ].filter(([, found]) => found.length);
}

function proposal([words, ids]) {
  return el("li", {}, button(`${words} (${ids.length})`, () => take(words, ids)));
}

function take(words, ids) {
  add(ids.map((id) => [id, { seen: null }]));
  say("added", `${counted(ids.length, "bill")} added: ${words}.`);
  stay();
}

// --- adding by number ------------------------------------------------------------------------------------------------

page.querySelector("#add form").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements.namedItem("number");
  const numbers = numbersIn(field.value);
  if (!numbers.length) return say("added", "That is no bill number. Write it as S9191, S.9191 or 2017-S9191.");
  const notes = numbers.filter(unlessVague).map(addNumber);
  say("added", ...notes);
  if (notes.every((note) => note.dataset.done)) field.value = "";
});

/** "9191" is a candidate of either house: one that nobody knows is no news. */
function unlessVague({ identifier, vague }, i, numbers) {
  return !vague || namesakes(identifier).length || !numbers.some((other) => namesakes(other.identifier).length);
}

function namesakes(identifier) {
  return [...bills.values()].filter((bill) => bill.number === identifier);
}

/** Add the bill that a number means; where it means several, let the reader choose. */
function addNumber({ identifier, session: written }) {
  const found = namesakes(identifier).filter((bill) => !written || bill.session === written);
  if (!found.length) return el("p", {}, `${identifier}${written ? ` of ${written}` : ""} has no page here.`);
  if (found.length === 1) return el("p", { "data-done": "yes" }, addOne(found[0]));
  const choose = (bill) => el("li", {}, button(`Add ${identifier} of ${bill.sessionName}`, (event) => {
    event.target.closest("li").replaceChildren(addOne(bill));
  }), ` ${bill.headline}`);
  return el("div", { "data-done": "yes" }, el("p", {}, `${identifier} is ${found.length} bills. Which one?`),
    el("ul", { class: "choices" }, ...found.sort((a, b) => b.session.localeCompare(a.session)).map(choose)));
}

function addOne(bill) {
  const before = list.has(bill.id);
  add([[bill.id, { seen: null }]]);
  return `${bill.number} of ${bill.sessionName} ${before ? "was on your list already" : "is on your list now"}.`;
}

function say(id, ...words) {
  page.querySelector(`#${id}`).replaceChildren(...words);
}

// --- a shared list ---------------------------------------------------------------------------------------------------

/** A link with a list: it is offered, and nothing happens to one's own list unless one says so. */
function offer() {
  const ids = fromFragment(location.hash);
  const own = list.bills();
  const fresh = ids.filter((id) => !own.has(id));
  const done = (act) => () => {
    history.replaceState(null, "", location.pathname + location.search);
    act?.();
    offer();
    stay();
  };
  const entries = ids.map((id) => [id, { seen: null }]);
  const named = ids.slice(0, 12).map((id) => `${name(id)} of ${session(id)}`);
  if (ids.length > named.length) named.push(`${ids.length - named.length} more`);
  const replaced = entries.map(([id]) => [id, known(id)]);
  part("offer", ids.length,
    el("p", {}, `The link that you opened names ${counted(ids.length, "bill")}: ${listed(named)}.`),
    fresh.length ? "" : el("p", {}, "You follow all of them already."),
    el("p", { class: "row" },
      fresh.length ? button(own.size ? "Add them to mine" : "Follow them", done(() => add(entries))) : "",
      own.size ? button("Follow these instead of mine", done(() => list.replace(replaced))) : "",
      button("Leave my list as it is", done())),
  );
}

// --- carrying --------------------------------------------------------------------------------------------------------

const acts = {
  json: () => save("my-bills.json", "application/json", toJson(list.bills())),
  opml: () => save("my-bills.opml", "text/x-opml", toOpml(feeds(), `My bills: ${page.dataset.title}`, ROOT)),
  import: () => page.querySelector("#file").click(),
  print: () => print(),
  copy: () => copy(page.querySelector("#link")),
  empty: () => empty(),
};

for (const one of page.querySelectorAll("[data-do]")) one.addEventListener("click", acts[one.dataset.do]);

/** The bills of the list that have a page here, and so a feed. */
function feeds() {
  return [...list.bills().keys()].map((id) => bills.get(id)).filter(Boolean);
}

function save(file, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  say("carried", `${file} was saved.`);
}

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say("carried", "The link was copied.");
  } catch {
    say("carried", "The link is selected: copy it with your keyboard or your telephone’s menu.");
  }
}

function empty() {
  const before = [...list.bills()];
  list.remove(before.map(([id]) => id));
  const undo = button("Put them back", () => (list.add(before), say("carried", "They are on the list again."), stay()));
  say("carried", `${counted(before.length, "bill")} removed. `, undo);
  undo.focus();
}

page.querySelector("#file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  const entries = file && file.size < 5_000_000 ? carried(await file.text()) : null;
  event.target.value = "";
  if (!entries?.length) return say("carried", `${file.name} holds no list of bills. It must be a JSON or OPML file saved here.`);
  const before = list.bills().size;
  add(entries);
  const fresh = list.bills().size - before;
  say("carried", `${counted(entries.length, "bill")} in ${file.name}, ${fresh} of them new to your list.`);
});

// --- begin -----------------------------------------------------------------------------------------------------------

/** Bills that nobody knew when they were added begin with what they have now. */
function takeNote() {
  const unseen = [...list.bills()].filter(([id, { seen }]) => seen === null && index.has(id));
  if (unseen.length) list.saw(unseen.map(([id]) => [id, index.get(id).changes]));
}

async function begin() {
  const [names, changes] = await Promise.all([directory(), read("my/index.json")]);
  bills = await everyBill(names);
  index = indexed(changes);
  year = [...changes.days].sort().at(-1)?.slice(0, 4) ?? "";
  lists = proposals(names, changes.ours.filter(isBill));
  takeNote();
}

const without = document.getElementById("without");
without.replaceChildren("Looking up what changed …");
list.onChange(() => (show(), offer()));
addEventListener("hashchange", offer);
try {
  await begin();
} catch {
  list.trouble ||= "What changed could not be loaded. Your list is safe: try again later.";
}
show();
offer();
without.hidden = true;
page.hidden = false;
