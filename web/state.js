// SPDX-License-Identifier: Apache-2.0
// web/state.js: what is looked at. All of it stands in the address, so that a link is a citation.
import { day, words } from "./dom.js";

export const KEYS = ["view", "actor", "other", "code", "status", "place", "from", "to", "kind", "open", "q", "doc", "event", "item", "per", "by", "of", "map"];
export function read() {
  const p = new URLSearchParams(location.search), s = {};
  for (const k of KEYS) if (p.get(k)) s[k] = p.get(k);
  s.view ||= "board";
  return s;
}
export function address(s, change) {
  const p = new URLSearchParams();
  for (const [k, v] of Object.entries({ ...s, ...change })) if (v && KEYS.includes(k) && !(k === "view" && v === "board")) p.set(k, v);
  const q = p.toString();
  return q ? "?" + q : "?";
}
// The filter as the interface has it, for a list that knows these names.
export function query(s, allowed, more) {
  const p = new URLSearchParams(), all = { ...s, ...more };
  const take = (k, v) => { if (v && allowed.includes(k)) p.set(k, v); };
  if (s.actor && s.other && allowed.includes("between")) p.set("between", `${s.actor},${s.other}`);
  else take("actor", s.actor);
  for (const k of ["code", "status", "place", "from", "to", "kind", "per", "by", "limit", "cursor", "as_of", "q", "among"]) take(k, all[k]);
  if (allowed.includes("open") && s.open) p.set("open", "true");
  return p.toString();
}
export const EVENTS = ["actor", "between", "code", "status", "place", "from", "to", "limit", "cursor"];
export const SERIES = ["actor", "between", "code", "status", "place", "from", "to", "per", "by"];
export const ITEMS = ["actor", "between", "kind", "open", "as_of", "limit", "cursor"];
export const STATEMENTS = ["actor", "from", "to", "limit", "cursor"];

const quote = v => /^[\w:.,/-]+$/.test(v) ? v : `'${v.replaceAll("'", "'\\''")}'`;
export function command(name, s, options, rest) {
  const a = ["dragoman", name, "--db", "FILE"];
  if (options.includes("between") && s.actor && s.other) a.push("--between", quote(`${s.actor},${s.other}`));
  else if (s.actor && options.includes("actor")) a.push("--actor", quote(s.actor));
  for (const k of ["code", "status", "place", "from", "to", "kind", "per", "by"]) if (s[k] && options.includes(k)) a.push("--" + k, quote(s[k]));
  if (options.includes("as_of") && s.to) a.push("--as-of", s.to);
  if (options.includes("open") && s.open) a.push("--open");
  return [...a, ...(rest || []).map(quote)].join(" ");
}
// "between Russia and Ukraine, of type ASSAULT, from ... to ..."
export function plain(s, called) {
  const parts = [], who = id => called.get(id) || id;
  if (s.actor && s.other) parts.push(["between ", who(s.actor), " and ", who(s.other)]);
  else if (s.actor) parts.push(["with ", who(s.actor)]);
  if (s.code) parts.push(["of type ", s.code]);
  if (s.status) parts.push(["that is ", words(s.status)]);
  if (s.place) parts.push(["in ", s.place]);
  if (s.kind) parts.push(["matters of kind ", words(s.kind)]);
  if (s.open) parts.push(["", "not closed"]);
  if (s.from) parts.push(["from ", day(s.from)]);
  if (s.to) parts.push(["up to ", day(s.to)]);
  return parts;
}
