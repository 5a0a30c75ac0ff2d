// SPDX-License-Identifier: Apache-2.0
// web/charts.js: the timeline with its range, lines by period, the matrix of who does what to whom.
import { get } from "./api.js";
import { day, el, foot, name, number, panel, save, svg } from "./dom.js";
import { command, EVENTS, query, SERIES } from "./state.js";

const DAY = 86400000, at = iso => Date.parse(iso + "T00:00:00Z"), iso = t => new Date(t).toISOString().slice(0, 10);
// As wide as the page, so that letters keep their size on a phone.
export const wide = () => Math.max(300, document.getElementById("main").clientWidth - (innerWidth <= 860 ? 28 : 40));
const tone = g => g === null || g === undefined ? "bar-n" : g <= -1 ? "bar-c" : g >= 1 ? "bar-o" : "bar-n";

// Which period shows the whole in some hundred bars.
function period(from, to) {
  const days = (at(to) - at(from)) / DAY;
  return days < 120 ? "day" : days < 800 ? "week" : days < 8000 ? "month" : "year";
}
export const saveSvg = (node, file) => {
  const copy = node.cloneNode(true), css = getComputedStyle(document.documentElement), rules = [["con", "bar-c"], ["coo", "bar-o"], ["mute", "bar-n"]];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.prepend(svg("style", {}, rules.map(([v, c]) => `.${c}{fill:${css.getPropertyValue("--" + v)}}`).join("") +
    `text{font:12px sans-serif}polyline{fill:none;stroke-width:2}.axis{stroke:#999}.range{opacity:.1}` +
    ["--con", "--coo"].map((v, i) => `.l${i}{stroke:${css.getPropertyValue(v)}}`).join("") + ".l2{stroke:#7a6a1d}.l3{stroke:#4c7d4f}.l4{stroke:#7d4c78}.l5{stroke:#777}.lab{stroke:none}.sea{fill:none}.coast{fill:none;stroke:#999}.spot{fill:#9c2f22;fill-opacity:.65}.rough{fill:none;stroke:#9c2f22;stroke-dasharray:3 2}"));
  save(copy.outerHTML, file, "image/svg+xml");
};

// ---- the timeline: drag a range, or set the days in the filter ----
export async function timeline(s, go) {
  const all = (await get("api/v1/series", query({ ...s, from: "", to: "" }, SERIES, { per: "month", by: "none" }))).rows;
  if (!all.length) return panel("Timeline", null, el("p", { class: "lead" }, "No events fit the filter."));
  const first = all[0].first, last = all[all.length - 1].last, per = period(first, last);
  const rows = per === "month" ? all : (await get("api/v1/series", query({ ...s, from: "", to: "" }, SERIES, { per, by: "none" }))).rows;
  const W = wide(), H = 150, B = 26, t0 = at(rows[0].first), t1 = at(rows[rows.length - 1].last) + DAY, x = t => (t - t0) / (t1 - t0) * W;
  const most = Math.max(...rows.map(r => r.events)), y = n => (H - B) * n / most;
  const bars = rows.map(r => svg("rect", { class: tone(r.goldstein), x: x(at(r.first)), y: H - B - y(r.events), width: Math.max(1, x(at(r.last) + DAY) - x(at(r.first)) - 1), height: y(r.events) },
    svg("title", {}, `${r.period}: ${r.events} events, Goldstein ${number(r.goldstein)}`)));
  const range = svg("rect", { class: "range", y: 0, height: H - B });
  const show = (a, b) => { range.setAttribute("x", Math.max(0, Math.min(x(a), x(b)))); range.setAttribute("width", Math.max(0, Math.abs(x(b) - x(a)))); };
  if (s.from || s.to) show(s.from ? at(s.from) : t0, s.to ? at(s.to) + DAY : t1);
  const years = [];
  const step = Math.max(1, Math.ceil((new Date(t1).getUTCFullYear() - new Date(t0).getUTCFullYear()) / (W / 70)));
  for (let Y = new Date(t0).getUTCFullYear() + (t0 > Date.UTC(new Date(t0).getUTCFullYear(), 0, 1) ? 1 : 0); Date.UTC(Y, 0, 1) <= t1; Y += step)
    { const X = x(Date.UTC(Y, 0, 1)); years.push(svg("text", { x: X, y: H - 8, "text-anchor": X < 16 ? "start" : X > W - 16 ? "end" : "middle" }, Y)); }
  if (years.length < 2) years.splice(0, 9), years.push(svg("text", { x: 0, y: H - 8 }, day(first)), svg("text", { x: W, y: H - 8, "text-anchor": "end" }, day(last)));
  const chart = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `Events by ${per}, ${day(first)} to ${day(last)}, at most ${most}` },
    svg("line", { class: "axis", x1: 0, x2: W, y1: H - B, y2: H - B }), bars, range, years);
  let from = null;
  const time = e => { const b = chart.getBoundingClientRect(); return t0 + Math.min(1, Math.max(0, (e.clientX - b.left) / b.width)) * (t1 - t0); };
  chart.addEventListener("pointerdown", e => { from = time(e); chart.setPointerCapture(e.pointerId); });
  chart.addEventListener("pointermove", e => { if (from !== null) show(from, time(e)); });
  chart.addEventListener("pointerup", e => {
    const to = time(e), a = from;
    from = null;
    if (a === null) return;
    if (Math.abs(x(to) - x(a)) < 4) go({ from: "", to: "" });
    else go({ from: iso(Math.min(a, to)), to: iso(Math.max(a, to)) });
  });
  chart.addEventListener("pointercancel", () => { from = null; });
  return panel("Timeline", "Events by " + per + "; red where they are on the whole hostile, blue where they are friendly. Drag over a stretch to see it alone, click to see all; the days can also be set in the filter.",
    chart,
    el("details", {}, el("summary", {}, "As a table"), el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ["period", "events", "Goldstein", "documents"].map(h => el("th", { scope: "col" }, h)))),
      el("tbody", {}, rows.map(r => el("tr", {}, el("th", { scope: "row" }, r.period), [r.events, r.goldstein, r.documents].map(v => el("td", {}, number(v))))))))),
    foot("timeline", () => rows, command("series", { ...s, per }, ["actor", "between", "code", "status", "place", "per"])));
}

// ---- lines by period ----
const key = { none: () => "all", dyad: r => `${r.source || "someone"} → ${r.target || "no one"}`, type: r => r.type, place: r => r.place };
const measures = { events: "events", goldstein: "Goldstein", plover: "PLOVER score", share: "share of documents" };

function choose(label, value, list, change) {
  return el("label", {}, label, el("select", { onchange: e => change(e.target.value) }, list.map(([v, t]) => el("option", { value: v, selected: v === value }, t))));
}
// Where nothing happened a count is zero, and a mean is not there.
function stretches(p, of) {
  const out = [[]], count = of === "events" || of === "share";
  p.forEach((r, i) => {
    const next = p[i + 1], end = at(r.last) + DAY;
    out[out.length - 1].push([at(r.first), r[of]]);
    if (!next || at(next.first) <= end) return;
    if (count) out[out.length - 1].push([end, 0], [Math.max(end, at(next.first) - (end - at(r.first))), 0]);
    else out.push([]);
  });
  return out;
}
function lines(rows, by, of) {
  const W = Math.min(wide(), 860), narrow = W < 600, L = 44, B = 26, R = narrow ? 8 : 190, N = narrow ? 130 : 0, H = 300 + N;
  const total = new Map();
  for (const r of rows) total.set(key[by](r), (total.get(key[by](r)) || 0) + r.events);
  const keys = [...total].sort((a, b) => b[1] - a[1]).slice(0, 6).map(k => k[0]);
  const mine = rows.filter(r => keys.includes(key[by](r)) && r[of] !== null);
  if (!mine.length) return el("p", { class: "lead" }, "Nothing to draw.");
  const ts = mine.map(r => at(r.first)), t0 = Math.min(...ts), t1 = Math.max(...ts, t0 + DAY), vs = mine.map(r => r[of]), lo = Math.min(0, ...vs), hi = Math.max(...vs, lo + 1e-9, of === "share" ? 0 : 1);
  const x = t => L + (t - t0) / (t1 - t0) * (W - L - R), y = v => 8 + (hi - v) / (hi - lo) * (H - N - B - 8);
  const ticks = [lo, (lo + hi) / 2, hi];
  return svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": `${measures[of]}: ${keys.join("; ")}` },
    ticks.map(v => [svg("line", { class: "axis", x1: L, x2: W - R, y1: y(v), y2: y(v) }), svg("text", { x: L - 6, y: y(v) + 4, "text-anchor": "end" }, number(v))]),
    svg("text", { x: L, y: H - N - 6 }, day(iso(t0))), svg("text", { x: W - R, y: H - N - 6, "text-anchor": "end" }, day(iso(t1))),
    keys.map((k, i) => {
      const p = mine.filter(r => key[by](r) === k);
      return svg("g", { class: "l" + i }, stretches(p, of).map(q => svg("polyline", { points: q.map(([t, v]) => `${x(t).toFixed(1)},${y(v).toFixed(1)}`).join(" ") })),
        p.map(r => svg("circle", { cx: x(at(r.first)), cy: y(r[of]), r: 3 }, svg("title", {}, `${k}, ${r.period}: ${number(r[of])}`))),
        svg("circle", { cx: narrow ? 8 : W - R + 14, cy: (narrow ? H - N + 14 : 18) + i * 21, r: 5 }), svg("text", { class: "lab", x: narrow ? 20 : W - R + 24, y: (narrow ? H - N + 18 : 22) + i * 21 }, k.length > (narrow ? 44 : 26) ? k.slice(0, narrow ? 43 : 25) + "…" : k));
    }));
}
export async function series(s, go) {
  const per = s.per || "month", by = s.by || "none", of = measures[s.of] ? s.of : "events";
  const rows = (await get("api/v1/series", query(s, SERIES, { per, by }))).rows;
  const chart = lines(rows, by, of);
  const moved = rows.filter(r => r.change_4 !== null || r.change_52 !== null).slice(-200).reverse();
  const percent = v => v === null ? "" : `${v > 0 ? "+" : ""}${Math.round(v * 100)} %`;
  return [panel("Series", "Events by period. What was denied, planned or only thought of is left out unless the filter asks for it.",
    el("div", { class: "filter" }, choose("period", per, ["day", "week", "month", "year"].map(v => [v, v]), v => go({ per: v })),
      choose("by", by, [["none", "all together"], ["dyad", "who to whom"], ["type", "type"], ["place", "place"]], v => go({ by: v })),
      choose("shown", of, Object.entries(measures), v => go({ of: v }))),
    chart, foot("series", () => rows, command("series", { ...s, per, by }, ["actor", "between", "code", "status", "place", "from", "to", "per", "by"])),
    chart.tagName === "svg" && el("div", { class: "foot" }, el("button", { onclick: () => saveSvg(chart, "series.svg") }, "SVG"))),
  panel("Against the norm", "The change of a period against the mean of the 4 and of the 52 weeks before it; none where the norm is below three events or not all of it was read.",
    moved.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Changes against the norm" }, el("table", {}, el("thead", {}, el("tr", {}, ["period", "what", "events", "4 weeks", "52 weeks"].map(h => el("th", { scope: "col" }, h)))),
      el("tbody", {}, moved.slice(0, 60).map(r => el("tr", {}, el("th", { scope: "row" }, r.period), el("td", {}, key[by](r)), el("td", {}, r.events), el("td", {}, percent(r.change_4)), el("td", {}, percent(r.change_52))))))) : el("p", { class: "lead" }, "No period has a norm to be held against."))];
}

// ---- who to whom ----
export async function matrix(s, go, called) {
  const rows = (await get("api/v1/series", query(s, SERIES, { per: "year", by: "dyad" }))).rows.filter(r => r.source && r.target);
  const cell = new Map(), total = new Map();
  for (const r of rows) {
    const k = r.source + "\t" + r.target, c = cell.get(k) || { source: r.source, target: r.target, events: 0, sum: 0, n: 0 };
    c.events += r.events;
    if (r.goldstein !== null) { c.sum += r.goldstein * r.events; c.n += r.events; }
    cell.set(k, c);
    for (const a of [r.source, r.target]) total.set(a, (total.get(a) || 0) + r.events);
  }
  const keys = [...total].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 14).map(k => k[0]), most = Math.max(1, ...[...cell.values()].map(c => c.events));
  const label = k => called.get(k) || k.replace(/^\w+:/, "");
  const box = (a, b) => {
    const c = cell.get(a + "\t" + b);
    if (!c) return el("td", {});
    const g = c.n ? c.sum / c.n : 0, deep = c.events > most / 4 ? 2 : 1;
    return el("td", { class: g <= -1 ? "h" + deep : g >= 1 ? "k" + deep : "" }, el("button", { onclick: () => go({ view: "events", actor: a, other: b }), title: `${label(a)} to ${label(b)}: ${c.events} events, Goldstein ${number(g)}`,
      "aria-label": `${label(a)} to ${label(b)}: ${c.events} events, Goldstein ${number(g)}` }, c.events));
  };
  return panel("Who to whom", "Events of the row's actor towards the column's; red hostile, blue friendly, by the mean of Goldstein's scale. A number leads to its events.",
    keys.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Matrix" }, el("table", { class: "matrix" }, el("thead", {}, el("tr", {}, el("td", {}), keys.map(k => el("th", { scope: "col" }, el("span", {}, label(k)))))),
      el("tbody", {}, keys.map(a => el("tr", {}, el("th", { scope: "row" }, label(a)), keys.map(b => box(a, b))))))) : el("p", { class: "lead" }, "No event of the filter has both an actor and a target."),
    foot("dyads", () => [...cell.values()].map(c => ({ source: c.source, target: c.target, events: c.events, goldstein: c.n ? c.sum / c.n : null })), command("series", { ...s, per: "year", by: "dyad" }, ["actor", "between", "code", "status", "place", "from", "to", "per", "by"])));
}

// ---- facets ----
export async function facets(s, go) {
  const [actors, places, types] = await Promise.all([get("api/v1/actors", query(s, EVENTS, { limit: 12 })), get("api/v1/places", query(s, EVENTS, { limit: 8 })), get("api/v1/series", query(s, SERIES, { per: "year", by: "type" }))]);
  const sum = new Map();
  for (const r of types.rows) sum.set(r.type, (sum.get(r.type) || 0) + r.events);
  const list = (title, rows) => [el("h2", {}, title), el("ol", {}, rows.map(([label, n, change, on]) => el("li", {}, el("button", { class: "plain", "aria-pressed": String(!!on), onclick: () => go(change) }, label), el("b", {}, n))))];
  const pick = id => !s.actor ? { actor: id } : s.actor === id ? { actor: s.other || "", other: "" } : s.other === id ? { other: "" } : { other: id };
  return el("aside", { class: "facets", "aria-label": "What there is" },
    list("Who", actors.rows.map(a => [name(a), a.events, pick(a.actor), a.actor === s.actor || a.actor === s.other])),
    list("What", [...sum].sort((a, b) => b[1] - a[1]).slice(0, 16).map(([t, n]) => [t, n, { code: s.code === t ? "" : t }, s.code === t])),
    list("Where", places.rows.map(p => [p.name, p.events, { place: s.place === p.name ? "" : p.name }, s.place === p.name])));
}
