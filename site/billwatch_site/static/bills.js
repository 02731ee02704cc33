// The bills that have a page here, read from the static index in search/ (search.py says how it is written).

/** The root of the site: these scripts stand in it. */
export const ROOT = new URL("./", import.meta.url);

export async function read(path) {
  // A browser asks again each time, and is told in a few bytes that nothing changed: news is never late.
  const answer = await fetch(new URL(path, ROOT), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** What the index is made of: names of legislatures, stages and topics, and its shards, the latest session first. */
export function directory() {
  return read("search/index.json");
}

/** The bills of one shard. */
export async function billsOf(shard, names) {
  const { sponsors, places, bills } = await read(shard.path);
  return bills.map(([number, headline, sponsor, stage, topics, day, followed, place]) => ({
    id: `${shard.legislature}/${shard.session}/${number}`,
    legislature: shard.legislature,
    session: shard.session,
    sessionName: shard.name,
    number,
    headline: headline || "No title yet",
    sponsor: sponsors[sponsor] ?? "",
    stage: names.stages[stage]?.[0] ?? "",
    stageName: names.stages[stage]?.[1] ?? "Not known",
    topics: topics.map((i) => names.topics[i]?.[0]),
    topicNames: topics.map((i) => names.topics[i]?.[1]),
    day,
    followed: Boolean(followed),
    place: places[place] ?? "",
  }));
}

/** Every bill, by its id. */
export async function everyBill(names) {
  const shards = await Promise.all(names.shards.map((shard) => billsOf(shard, names)));
  return new Map(shards.flat().map((bill) => [bill.id, bill]));
}

/** The address of a bill's page, "ny/2017/S9191", or of its number's, "ny/S9191". */
export function address(path) {
  return new URL(`${path}/`, ROOT).href;
}
