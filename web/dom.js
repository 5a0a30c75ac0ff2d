// SPDX-License-Identifier: Apache-2.0
// web/dom.js: elements out of data. Text of others goes in as text nodes alone; nothing here makes markup of a string.
const SVG = "http://www.w3.org/2000/svg";

function build(node, attrs, children) {
  for (const [k, v] of Object.entries(attrs || {})) {
    if (v === null || v === undefined || v === false) continue;
    if (k.startsWith("on")) node.addEventListener(k.slice(2), v);
    else if (k === "class") node.setAttribute("class", v);
    else if (k in node && typeof v === "boolean") node[k] = v;
    else if (k === "value") node.value = v;
    else node.setAttribute(k, v);
  }
  for (const c of children.flat(9)) if (c !== null && c !== undefined && c !== false) node.append(c.nodeType ? c : String(c));
  return node;
}
export const el = (name, attrs, ...children) => build(document.createElement(name), attrs, children);
export const svg = (name, attrs, ...children) => build(document.createElementNS(SVG, name), attrs, children);
export const clear = (node, ...children) => { node.replaceChildren(...children.flat(9).filter(c => c)); return node; };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export function day(iso) {
  if (!iso) return "day unknown";
  const [y, m, d] = iso.split("-");
  return `${+d} ${MONTHS[m - 1]} ${+y}`;
}
export const number = x => x === null || x === undefined ? "" : Math.abs(x) >= 100 || Number.isInteger(x) ? Math.round(x).toLocaleString("en") : x.toFixed(1);
export const name = a => a ? a.name || a.actor || "someone" : "someone";
export const names = list => list.length ? list.map(name).join(", ") : "someone";
export const words = s => (s || "").replaceAll("_", " ");

// ---- what every panel offers: its rows as CSV and JSON, and the command that gives the same ----
function flat(row, prefix, out) {
  for (const [k, v] of Object.entries(row)) {
    const key = prefix ? `${prefix}_${k}` : k;
    if (Array.isArray(v)) out[key] = v.map(x => x && typeof x === "object" ? x.actor || x.name || x.id || JSON.stringify(x) : x).join(";");
    else if (v && typeof v === "object") flat(v, key, out);
    else out[key] = v;
  }
  return out;
}
export function csv(rows) {
  const list = rows.map(r => flat(r, "", {})), keys = [...new Set(list.flatMap(Object.keys))];
  // a cell that a spreadsheet would run as a formula gets an apostrophe, as `dragoman export` does it
  const cell = v => {
    let s = v === null || v === undefined ? "" : String(v);
    if (/^[=+@\t\r]|^-(?![\d.])/.test(s)) s = "'" + s;
    return /[",\n\r]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s;
  };
  return [keys, ...list.map(r => keys.map(k => r[k]))].map(r => r.map(cell).join(",")).join("\r\n") + "\r\n";
}
export function save(text, file, type) {
  const a = el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: file });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}
export function foot(what, rows, command) {
  return el("div", { class: "foot" },
    el("button", { onclick: () => save(csv(rows()), `${what}.csv`, "text/csv") }, "CSV"),
    el("button", { onclick: () => save(JSON.stringify(rows(), null, 1), `${what}.json`, "application/json") }, "JSON"),
    command && el("span", {}, "the same on the command line: ", el("code", {}, command)));
}
export function panel(title, lead, ...children) {
  return el("section", { class: "panel" }, el("h2", {}, title), lead && el("p", { class: "lead" }, lead), ...children);
}
export const trouble = e => el("p", { class: "bad", role: "alert" }, e.message || String(e));
