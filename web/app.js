// SPDX-License-Identifier: Apache-2.0
// web/app.js: what is shown for an address, and the filter above it.
import { changes, forget, get, hasToken, setToken } from "./api.js";
import { facets, matrix, series, timeline } from "./charts.js";
import { clear, el, name, trouble, words } from "./dom.js";
import { map } from "./map.js";
import { board, documents, events, item, paste, read, search, statements } from "./read.js";
import { address, plain, read as readAddress } from "./state.js";

const VIEWS = [["board", "Board"], ["events", "Events"], ["matrix", "Who to whom"], ["map", "Map"], ["series", "Series"], ["statements", "Statements"], ["documents", "Documents"], ["search", "Search"], ["paste", "Paste a text"]];
const TYPES = "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(" ");
const KINDS = "demand offer threat commitment meeting deployment sanction agreement relation control hostility membership toll".split(" ");
const WITH_TIME = ["board", "events", "matrix", "map", "series", "statements"];
const at = id => document.getElementById(id);
const called = new Map();
let state = readAddress(), turn = 0;
if (innerWidth > 860) at("fold").open = true;

function go(change) {
  history.pushState(null, "", address(state, change));
  show();
}
window.addEventListener("popstate", show);
// links of the page itself change the address without loading it again
document.addEventListener("click", e => {
  const a = e.target.closest("a[href^='?']");
  if (!a || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey) return;
  e.preventDefault();
  history.pushState(null, "", a.getAttribute("href"));
  show();
  at("main").focus();
  scrollTo(0, 0);
});
document.addEventListener("keydown", e => {
  if (e.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !e.ctrlKey && !e.metaKey) {
    e.preventDefault();
    go({ view: "search" });
    setTimeout(() => at("q")?.focus(), 50);
  }
});

// ---- the filter ----
function field(label, key, input) {
  input.addEventListener("change", () => go({ [key]: input.type === "checkbox" ? (input.checked ? "1" : "") : input.value.trim() }));
  return el("label", { class: input.type === "checkbox" ? "row" : null }, label, input);
}
function pick(key, list, none) {
  return el("select", {}, el("option", { value: "" }, none), list.map(v => el("option", { value: v, selected: state[key] === v }, words(v))));
}
function filter() {
  const text = (key, list) => el("input", { type: "text", value: state[key] || "", list, autocomplete: "off", spellcheck: "false" });
  const date = key => el("input", { type: "date", value: state[key] || "" });
  const open = el("input", { type: "checkbox", checked: !!state.open });
  clear(at("filter"), field("who", "actor", text("actor", "actors")), field("and whom", "other", text("other", "actors")), field("type", "code", pick("code", TYPES, "any")),
    field("status", "status", pick("status", ["actual", "historical", "future", "hypothetical"], "any")), field("place", "place", text("place")), field("from", "from", date("from")), field("to", "to", date("to")),
    state.view === "board" && field("matters", "kind", pick("kind", KINDS, "all kinds")), state.view === "board" && field("not closed", "open", open),
    el("datalist", { id: "actors" }, [...called].map(([id, n]) => el("option", { value: id }, n))));
  const parts = plain(state, called);
  clear(at("words"), parts.length ? ["Only what is ", parts.map(([a, b, c, d], i) => [i ? ", " : "", a, el("b", {}, b), c || "", d ? el("b", {}, d) : ""]), ". ", el("a", { href: address({ view: state.view }, {}) }, "Show all")].flat(9).map(x => x.nodeType ? x : document.createTextNode(x)) : document.createTextNode("Everything the store holds."));
}
at("filter").addEventListener("submit", e => e.preventDefault());

// ---- the token ----
function askToken(again) {
  const input = el("input", { type: "password", id: "token", autocomplete: "off", required: true });
  clear(at("main"), el("form", { class: "filter", onsubmit: e => { e.preventDefault(); setToken(input.value); forget(); show(); } },
    el("label", { for: "token" }, again ? "That token was not right. The token the server was started with:" : "The token the server was started with:", input), el("button", {}, "Enter")));
  input.focus();
}

// ---- views ----
async function whole(s) {
  switch (s.view) {
  case "article": return read(s);
  case "item": return item(s);
  case "search": return search(s, go);
  case "documents": return documents(s);
  case "paste": return paste(s);
  case "events": return events(s);
  case "matrix": return matrix(s, go, called);
  case "map": return map(s, go);
  case "series": return series(s, go);
  case "statements": return statements(s);
  default: return board(s);
  }
}
async function show() {
  const mine = ++turn;
  state = readAddress();
  clear(at("nav"), VIEWS.map(([v, t]) => el("a", { href: address(state, { view: v, doc: "", event: "", item: "" }), "aria-current": v === state.view ? "page" : null }, t)));
  at("fold").hidden = at("words").hidden = ["article", "item", "paste"].includes(state.view);
  filter();
  document.title = (VIEWS.find(([v]) => v === state.view)?.[1] || words(state.view)) + " · Dragoman";
  const main = at("main"), time = WITH_TIME.includes(state.view), none = () => null;
  main.setAttribute("aria-busy", "true");
  try {
    // rows are there at once, what must be counted over the whole store follows
    const top = el("div", { class: "top" }, el("p", { class: "lead" }, "Counting …")), side = el("div", {});
    const counted = time ? [timeline(state, go).catch(trouble), facets(state, go).catch(none)] : [];
    const body = el("div", {}, await whole(state));
    if (mine !== turn) return;
    clear(main, time ? [top, el("div", { class: "cols" }, body, side)] : body);
    const [line, list] = await Promise.all(counted);
    if (mine !== turn) return;
    if (time) { clear(top, line); clear(side, list); }
  } catch (e) {
    if (mine !== turn) return;
    if (e.status === 401) askToken(hasToken());
    else clear(main, trouble(e));
  }
  main.removeAttribute("aria-busy");
}

async function start() {
  await show();
  try {
    const health = await get("health");
    called.clear();
    clear(at("foot"), document.createTextNode(`Dragoman ${health.program}, coder ${health.coder}${health.writable ? ", takes documents" : ", read-only"}. `), el("a", { href: "openapi.json" }, "The interface"));
    for (const a of (await get("api/v1/actors", "limit=300")).rows) { called.set(a.actor, name(a)); if (a.actor === "country:" + a.country) called.set(a.country, name(a)); }
    filter();
    if (state.view === "matrix") show();
  } catch { /* the views say what is wrong */ }
  let fresh = 0;
  changes(event => {
    forget();
    fresh += event === "document" ? 1 : 0;
    clear(at("stand"), el("button", { class: "plain", onclick: () => { fresh = 0; clear(at("stand")); show(); } }, fresh ? `${fresh} new ${fresh === 1 ? "document" : "documents"}: show` : "The store has changed: show"));
  });
}
start();
