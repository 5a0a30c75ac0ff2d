// SPDX-License-Identifier: Apache-2.0
// web/read.js: the board, events, statements, documents, search, one article with its marks, a pasted text.
import { get, post } from "./api.js";
import { clear, day, el, foot, name, names, panel, trouble, words } from "./dom.js";
import { address, command, EVENTS, ITEMS, query, STATEMENTS } from "./state.js";

// A list page by page: rows are drawn as they come, "more" asks for the next.
async function paged(path, q, draw, none) {
  const rows = [], box = el("div", {}), more = el("button", { onclick: load }, "More");
  let cursor = "";
  async function load() {
    more.disabled = true;
    try {
      const page = await get(path, [q, cursor && "cursor=" + encodeURIComponent(cursor)].filter(x => x).join("&"));
      rows.push(...page.rows);
      box.append(...draw(page.rows));
      cursor = page.next;
      more.hidden = !cursor;
      if (!rows.length) box.append(el("p", { class: "lead" }, none));
    } catch (e) { box.append(trouble(e)); }
    more.disabled = false;
  }
  await load();
  return { node: el("div", {}, box, el("p", { class: "noprint" }, more)), rows };
}
const GOOD = "accepted met kept held lifted signed in_force restored returned withdrawn eased reduced paused ended normal".split(" ");
const BAD = "rejected carried_out broken cancelled severed violated occupied annexed imposed widened growing ongoing suspended".split(" ");
const WAIT = "open standing planned proposed deferred postponed claimed applicant".split(" ");
function status(x) {
  const good = GOOD.includes(x.status), bad = BAD.includes(x.status) || x.due;
  return el("span", { class: "s " + (x.due ? "con" : good ? "coo" : bad ? "con" : "neu") }, (x.due ? "◆ " : WAIT.includes(x.status) ? "○ " : good ? "✓ " : bad ? "✕ " : "● ") + words(x.status) + (x.due ? ", due" : ""));
}
const SECOND = ["addressee", "claimant", "organisation", "beneficiary"];
function parties(list) {
  const a = list.filter(p => !SECOND.includes(p.role)), b = list.filter(p => SECOND.includes(p.role));
  return a.length && b.length ? `${names(a)} → ${names(b)}` : names([...a, ...b]);
}
// A sentence with its trigger marked; positions count code points of the document's text.
function evidence(e) {
  if (!e || !e.text) return null;
  const cp = [...e.text], [a, b] = (e.trigger || [0, 0]).map(p => Math.max(0, Math.min(cp.length, p - e.start)));
  return el("span", {}, cp.slice(0, a).join(""), b > a && el("mark", {}, cp.slice(a, b).join("")), cp.slice(b).join(""));
}
const article = (s, id, event, text) => el("a", { href: address(s, { view: "article", doc: id, event, item: "" }) }, text);

// ---- the board ----
export function card(s, x) {
  const lines = x.history || [];
  return el("article", { class: "card", id: x.id },
    el("h3", {}, parties(x.parties)), el("p", {}, status(x), " ", el("span", { class: "m" }, "since ", day(x.since))),
    x.content && el("p", {}, x.content), x.condition && el("p", {}, "if ", x.condition),
    el("p", { class: "m" }, [x.deadline && "deadline " + day(x.deadline), x.place && x.place.name, `${x.sources} ${x.sources === 1 ? "source" : "sources"}`].filter(v => v).join(" · ")),
    el("details", { open: s.item === x.id }, el("summary", {}, `History and evidence (${lines.length})`), el("ol", {}, lines.map(h => el("li", {},
      el("span", { class: "m" }, day(h.date), " · ", words(h.status), h.claimed_by && h.claimed_by.length ? " · says " + h.claimed_by.map(c => c.replace(/^\w+:+/, "")).join(", ") : "", h.document && [" · ", article(s, h.document, h.event, "article")]), el("br"), evidence(h.evidence) || "nothing was said of it any more"))),
      el("p", { class: "m" }, el("a", { href: address(s, { view: "item", item: x.id }) }, "this matter alone"))));
}
export async function board(s) {
  const list = await paged("api/v1/items", query(s, ITEMS, { as_of: s.to, limit: 60 }), rows => {
    const out = [];
    for (const kind of [...new Set(rows.map(r => r.kind))])
      out.push(el("section", { class: "grp" }, el("h2", {}, words(kind)), el("div", { class: "cards" }, rows.filter(r => r.kind === kind).map(r => card(s, r)))));
    return out;
  }, "No matter fits the filter.");
  return panel("Where matters stand", (s.to ? "On " + day(s.to) : "On the last day the store knows") + ", by kind, then in order of opening." + (s.from || s.code || s.place ? " The filter's first day, type and place hold for events, not for matters." : ""), list.node,
    foot("items", () => list.rows, command("situation", s, ["actor", "between", "kind", "open", "as_of"])));
}
export async function item(s) {
  const x = await get("api/v1/items/" + encodeURIComponent(s.item));
  return panel(words(x.kind), "One matter with its whole history.", card({ ...s, item: x.id }, x), foot("item", () => [x], command("explain", {}, [], [x.id])));
}

// ---- lists ----
function eventLine(s, e) {
  return el("li", {}, el("p", {}, el("span", { class: "m" }, day(e.day), " · "), el("b", {}, names(e.source), " → ", e.target.length ? names(e.target) : "no one named"), " ",
    el("span", { class: "s neu" }, `${e.plover.event} ${e.cameo}`, e.status !== "actual" ? ", " + e.status : "", e.negated ? ", denied" : "")),
  el("p", {}, evidence(e.evidence)), el("p", { class: "m" }, article(s, e.document, e.id, "article"), e.place ? " · " + e.place.name : ""));
}
export async function events(s) {
  const list = await paged("api/v1/events", query(s, EVENTS, { limit: 50 }), rows => [el("ul", { class: "rows" }, rows.map(e => eventLine(s, e)))], "No events fit the filter.");
  return panel("Events", "In order of their days.", list.node, foot("events", () => list.rows, command("export", s, ["actor", "between", "code", "status", "place", "from", "to"])));
}
export async function statements(s) {
  const list = await paged("api/v1/statements", query(s, STATEMENTS, { limit: 50 }), rows => [el("ul", { class: "rows" }, rows.map(x => el("li", {},
    el("p", {}, el("b", {}, x.speaker ? name(x.speaker) : "Speaker unknown"), el("span", { class: "m" }, ` · ${day(x.published)} · ${x.kind} · `), article(s, x.document, "", x.title || "article")), el("p", {}, "“", x.content, "”"))))], "No statements fit the filter.");
  return panel("Who said what", "In the order of the reports. The filter's days are those of publication; its actor is the speaker.", list.node, foot("statements", () => list.rows, command("sql", {}, [], ["SELECT published, speaker_name, content, title FROM statement ORDER BY published"])));
}
export async function documents(s) {
  const list = await paged("api/v1/documents", query(s, ["from", "to", "limit"], { limit: 100 }), rows => [el("ul", { class: "rows" }, rows.map(x => el("li", {}, el("p", {}, article(s, x.id, "", x.title || x.url || x.id)), el("p", { class: "m" }, [day(x.published), x.publisher].filter(v => v).join(" · ")))))], "No documents fit the filter.");
  return panel("Documents", "In order of publication; the filter's days count.", list.node, foot("documents", () => list.rows, command("sql", {}, [], ["SELECT id, published, publisher, title, url FROM document ORDER BY published"])));
}
function snippet(x) {
  const cp = [...x.snippet], out = [];
  let at = 0;
  for (const [a, b] of x.marks) { out.push(cp.slice(at, a).join(""), el("mark", {}, cp.slice(a, b).join(""))); at = b; }
  return [...out, cp.slice(at).join("")];
}
export async function search(s, go) {
  const input = el("input", { type: "search", name: "q", value: s.q || "", id: "q" });
  const form = el("form", { role: "search", class: "filter", onsubmit: e => { e.preventDefault(); go({ q: input.value.trim() }); } }, el("label", { for: "q" }, "Words, \"a phrase\", begin*, AND, OR, NOT", input), el("button", {}, "Search"));
  if (!s.q) return panel("Search", "In matters, statements and documents, the best first.", form);
  let answer;
  try { answer = await get("api/v1/search", query(s, ["q", "actor", "from", "to", "limit"], { limit: 30 })); } catch (e) { return panel("Search", null, form, trouble(e)); }
  const where = x => x.kind === "item" ? el("a", { href: address(s, { view: "item", item: x.id }) }, words(x.status)) : article(s, x.document || x.id, "", x.title || x.document || x.id);
  return panel("Search", "In matters, statements and documents, the best first.", form,
    answer.results.length ? el("ul", { class: "rows" }, answer.results.map(x => el("li", {}, el("p", { class: "m" }, `${x.kind} · ${day(x.day)} · `, where(x), x.who ? " · " + x.who : ""), el("p", {}, snippet(x))))) : el("p", { class: "lead" }, "Nothing was found."),
    foot("search", () => answer.results, command("search", s, ["actor", "from", "to"], [s.q])));
}

// ---- one article ----
// The text cut wherever a mark begins or ends; each piece knows what lies over it.
function marked(d, chosen) {
  const cp = [...d.text], cuts = new Set([0, cp.length]), marks = [];
  const add = (span, what, ref) => { if (span && span[1] > span[0]) { marks.push({ a: span[0], b: span[1], what, ref }); cuts.add(span[0]); cuts.add(span[1]); } };
  for (const x of d.statements) for (const c of x.content) add(c, "said", x);
  for (const x of d.entities) for (const m of x.mentions || []) if (x.actor) add([m.start, m.end], "who", x);
  for (const e of d.events) {
    add(e.trigger, "ev", e);
    for (const a of [...e.source, ...e.target]) if (!d.entities.some(x => x.mentions && x.mentions.length)) add(a.span, "who", a);
    if (e.id === chosen) { const x = d.sentences[e.sentence]; add([x.start, x.end], "sent", e); }
  }
  marks.sort((m, n) => m.a - n.a);
  const at = [...cuts].filter(c => c <= cp.length).sort((a, b) => a - b), out = [];
  for (let i = 0, open = [], k = 0; i + 1 < at.length; i++) {
    open = open.filter(m => m.b > at[i]);
    while (k < marks.length && marks[k].a <= at[i]) open.push(marks[k++]);
    const text = cp.slice(at[i], at[i + 1]).join(""), ev = open.find(m => m.what === "ev"), who = open.find(m => m.what === "who"), said = open.find(m => m.what === "said");
    const cls = [said && "said", who && "who", open.some(m => m.what === "sent") && "sent"].filter(c => c).join(" ");
    const tip = [who && `${who.ref.name || ""} (${who.ref.actor})`, said && "said by " + (said.ref.speaker_name || said.ref.speaker || "someone unknown")].filter(t => t).join("; ");
    const piece = ev ? el("a", { class: "ev", href: "#e-" + ev.ref.id, title: `${ev.ref.plover.event} ${ev.ref.cameo}` }, text) : text;
    out.push(cls ? el("span", { class: cls, title: tip || null }, piece) : piece);
  }
  return out;
}
function why(d, e) {
  const box = el("div", {});
  const button = el("button", { onclick: async () => {
    button.disabled = true;
    try { clear(box, el("pre", { tabindex: "0" }, (await get("api/v1/explain/" + encodeURIComponent(e.id), "document=" + encodeURIComponent(d.doc.id))).text)); } catch (x) { clear(box, trouble(x)); }
  } }, "Why this code");
  return [button, box];
}
function eventCard(s, d, e, kept) {
  const link = list => list.map((i, k) => [k ? ", " : "", el("a", { href: "#e-" + i }, d.events.find(x => x.id === i)?.trigger_text || i)]);
  return el("article", { class: "card" + (s.event === e.id ? " now" : ""), id: "e-" + e.id },
    el("h3", {}, names(e.source), e.reciprocal ? " ↔ " : " → ", e.target.length ? names(e.target) : "no one named"),
    el("p", {}, el("span", { class: "s " + (e.goldstein < 0 ? "con" : e.goldstein > 0 ? "coo" : "neu") }, `${e.plover.event}${e.plover.mode ? "." + e.plover.mode : ""} · ${e.cameo}`), " ", el("span", { class: "m" }, [e.status, e.negated && "denied", e.date && day(e.date.start), e.place && e.place.name, `confidence ${e.confidence}`].filter(v => v).join(" · "))),
    el("p", {}, "“", e.trigger_text, "”", e.content.length > 0 && [" of ", link(e.content)], e.condition.length > 0 && [" if ", link(e.condition)]),
    e.claimed_by.length > 0 && el("p", { class: "m" }, "says ", e.claimed_by.join(", ")), kept && why(d, e));
}
export function record(s, d, kept) {
  const legend = el("p", { class: "m legend" }, el("span", {}, el("a", { class: "ev", href: "#events" }, "event")), el("span", { class: "who" }, "who"), el("span", { class: "said" }, "said"));
  return el("div", {}, el("p", { class: "lead" }, [day(d.doc.published), d.doc.publisher, d.doc.author].filter(v => v).join(" · "), d.doc.url && /^https?:\/\//.test(d.doc.url) && [" · ", el("a", { href: d.doc.url, rel: "noreferrer noopener" }, "source")]),
    el("div", { class: "article" }, el("div", {}, el("div", { class: "text" }, legend), d.text ? el("div", { class: "text" }, marked(d, s.event)) : el("p", { class: "lead" }, "The text of this document was not kept.")),
      el("div", { id: "events" }, el("h2", {}, `${d.events.length} ${d.events.length === 1 ? "event" : "events"}`), el("div", { class: "list" }, d.events.map(e => eventCard(s, d, e, kept))),
        el("h2", {}, `${d.statements.length} ${d.statements.length === 1 ? "statement" : "statements"}`), el("ul", { class: "rows" }, d.statements.map(x => el("li", {}, el("b", {}, x.speaker_name || x.speaker || "Speaker unknown"), el("span", { class: "m" }, " " + x.kind), el("br"), d.text ? x.content.map(([a, b]) => [...d.text].slice(a, b).join("")).join(" … ") : ""))))),
    foot("record", () => d.events, kept ? command("explain", {}, [], ["--all"]).replace("dragoman explain --db FILE --all", "dragoman code --format report FILE") : null));
}
// A store keeps no mentions: the text is coded again, and what the store holds of it goes before. Ids are the same for the same coding.
async function again(d) {
  const { id, url, title, published: date, publisher, author } = d.doc;
  const sent = Object.fromEntries(Object.entries({ id, url, title, date, publisher, author, text: d.text }).filter(([, v]) => v));
  try {
    const fresh = await post("api/v1/code", JSON.stringify(sent), "application/json"), spans = new Map(fresh.events.map(e => [e.id, e]));
    if (fresh.text !== d.text) return d;
    return { ...d, entities: fresh.entities, events: d.events.map(e => spans.get(e.id) || e) };
  } catch { return d; /* too long, or out of time: shown without the mentions */ }
}
export async function read(s) {
  const path = "api/v1/documents/" + encodeURIComponent(s.doc);
  let d = await get(path);
  if (d.text) d = await again(d);
  const node = el("section", { class: "panel" }, el("h1", {}, d.doc.title || d.doc.id), record(s, d, true));
  if (s.event) queueMicrotask(() => document.getElementById("e-" + s.event)?.scrollIntoView({ block: "nearest" }));
  return node;
}

// ---- a pasted text ----
export async function paste(s) {
  const text = el("textarea", { id: "pasted", required: true, maxlength: 400000 }), date = el("input", { type: "date", id: "published" }), out = el("div", { "aria-live": "polite" });
  const form = el("form", { onsubmit: async e => {
    e.preventDefault();
    clear(out, el("p", { class: "lead" }, "Reading …"));
    try {
      const d = await post("api/v1/code" + (date.value ? "?date=" + date.value : ""), text.value, "text/plain");
      clear(out, el("h2", {}, d.doc.title || "What was read"), record({ view: "paste" }, d, false));
    } catch (x) { clear(out, trouble(x)); }
  } }, el("label", { for: "pasted" }, "A news text, in English", text), el("div", { class: "filter" }, el("label", { for: "published" }, "published on", date), el("button", {}, "Read it")));
  return panel("Paste a text", "It is coded as an article would be, and not kept.", form, out);
}
