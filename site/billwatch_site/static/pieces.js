// Small pieces that several scripts are made of. Whatever comes from the record becomes text, never markup.

/** An element with attributes, listeners (values that are functions) and children: elements and texts. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== "" && child !== null && child !== undefined));
  return made;
}

/** "2025-12-19", or an instant, as "19 December 2025"; what is no date as nothing. */
export function day(iso) {
  const date = new Date(iso.length === 10 ? `${iso}T12:00Z` : iso);
  if (Number.isNaN(date.valueOf())) return "";
  const parts = { day: "numeric", month: "long", year: "numeric", ...(iso.length === 10 && { timeZone: "UTC" }) };
  return date.toLocaleDateString("en-GB", parts);
}

/** A day for people and programs; `year` is the one that everybody knows and nobody has to be told. */
export function time(iso, year = "") {
  return iso ? el("time", { datetime: iso }, day(iso).replace(new RegExp(` ${year}$`), "")) : "";
}

/** "1 bill", "2 bills", "10,702 bills". */
export function counted(number, noun, plural = `${noun}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? noun : plural}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
