// SPDX-License-Identifier: Apache-2.0
// web/map.js: where events happened, each place as exactly as it is known. Plate carrée, as wide as the view's middle makes right.
import { get } from "./api.js";
import { saveSvg, wide } from "./charts.js";
import { day, el, foot, panel, svg } from "./dom.js";
import { command, EVENTS, query } from "./state.js";

const NEAR = ["city", "point", "site", "address"]; // known to the town; what else there is has an outline only
const LEAST = 2, MOST = 360; // degrees across

// The view: [lon, lat, degrees across], from the address or around the places.
function start(s, rows) {
  const asked = (s.map || "").split(",").map(Number);
  if (asked.length === 3 && asked.every(Number.isFinite)) return [Math.max(-180, Math.min(180, asked[0])), Math.max(-85, Math.min(85, asked[1])), Math.max(LEAST, Math.min(MOST, asked[2]))];
  if (!rows.length) return [0, 15, MOST];
  const xs = rows.map(r => r.lon), ys = rows.map(r => r.lat), w = Math.max(...xs) - Math.min(...xs), h = Math.max(...ys) - Math.min(...ys);
  return [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2, Math.min(MOST, Math.max(8, w * 1.3, h * 2.6))];
}
function lines(land, x, y, W, H) {
  let d = "";
  for (const l of land) {
    let lon = l[0], lat = l[1], part = `M${x(lon / 10).toFixed(1)},${y(lat / 10).toFixed(1)}`, seen = false;
    for (let i = 2; i < l.length; i += 2) {
      lon += l[i], lat += l[i + 1];
      const X = x(lon / 10), Y = y(lat / 10);
      seen = seen || (X > -W && X < 2 * W && Y > -H && Y < 2 * H);
      part += `L${X.toFixed(1)},${Y.toFixed(1)}`;
    }
    if (seen) d += part;
  }
  return d;
}
function draw(land, rows, view, s, go) {
  const W = Math.min(wide(), 1100), H = Math.round(W * (W < 600 ? .8 : .5)), [lon0, lat0, across] = view, k = W / across, squeeze = Math.min(3, 1 / Math.cos(lat0 * Math.PI / 180));
  const x = lon => W / 2 + (lon - lon0) * k, y = lat => H / 2 - (lat - lat0) * k * squeeze, most = Math.max(1, ...rows.map(r => r.events));
  const spots = rows.filter(r => { const X = x(r.lon), Y = y(r.lat); return X >= 0 && X <= W && Y >= 0 && Y <= H; }).map(r => {
    const near = NEAR.includes(r.precision), size = 4 + 14 * Math.sqrt(r.events / most), what = `${r.name}${r.country ? ", " + r.country : ""}: ${r.events} ${r.events === 1 ? "event" : "events"}, known to the ${r.precision || "place"}`;
    return svg("circle", { cx: x(r.lon).toFixed(1), cy: y(r.lat).toFixed(1), r: size.toFixed(1), class: near ? "spot" : "spot rough", onclick: () => go({ view: "events", place: r.name }) }, svg("title", {}, what));
  });
  return svg("svg", { viewBox: `0 0 ${W} ${H}`, class: "map", role: "img", "aria-label": `Map of ${rows.length} places; the table below has the same` },
    svg("rect", { class: "sea", x: 0, y: 0, width: W, height: H }), svg("path", { class: "coast", d: lines(land, x, y, W, H) }), spots);
}
export async function map(s, go) {
  const [answer, land] = await Promise.all([get("api/v1/places", query(s, EVENTS, { limit: 1000 })), get("land.json")]);
  const rows = answer.rows.filter(r => r.lat !== null && r.lon !== null), view = start(s, rows);
  if (!rows.length) return panel("Where", null, el("p", { class: "lead" }, "No event of the filter has a place on the map."));
  const chart = draw(land, rows, view, s, go), to = (lon, lat, across) => go({ map: [lon.toFixed(1), lat.toFixed(1), Math.max(LEAST, Math.min(MOST, across)).toFixed(1)].join() });
  const [lon, lat, across] = view, step = across / 4;
  const move = [["−", "further away", () => to(lon, lat, across * 2)], ["+", "nearer", () => to(lon, lat, across / 2)], ["←", "west", () => to(lon - step, lat, across)], ["→", "east", () => to(lon + step, lat, across)],
    ["↑", "north", () => to(lon, Math.min(85, lat + step / 2), across)], ["↓", "south", () => to(lon, Math.max(-85, lat - step / 2), across)], ["all", "all places", () => go({ map: "" })], ["world", "the world", () => to(0, 15, MOST)]];
  let from = null;
  chart.addEventListener("pointerdown", e => { from = e.target.classList.contains("spot") ? null : [e.clientX, e.clientY]; });
  chart.addEventListener("pointerup", e => {
    if (!from) return;
    const k = across / chart.getBoundingClientRect().width, dx = e.clientX - from[0], dy = e.clientY - from[1];
    from = null;
    if (Math.hypot(dx, dy) > 5) to(lon - dx * k, Math.max(-85, Math.min(85, lat + dy * k * Math.cos(lat * Math.PI / 180))), across);
  });
  return panel("Where", "Events by place: the more, the larger. Filled: known to the town; outlined: only to the region or the country, drawn at its middle. A place leads to its events; drag to move.",
    el("div", { class: "filter noprint", role: "group", "aria-label": "The map's view" }, move.map(([t, label, f]) => el("button", { onclick: f, "aria-label": label, title: label }, t))), chart,
    el("details", {}, el("summary", {}, `As a table (${rows.length})`), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Places" }, el("table", {}, el("thead", {}, el("tr", {}, ["place", "country", "known to", "events", "first", "last"].map(h => el("th", { scope: "col" }, h)))),
      el("tbody", {}, rows.slice(0, 300).map(r => el("tr", {}, el("th", { scope: "row" }, el("button", { class: "plain", onclick: () => go({ view: "events", place: r.name }) }, r.name)), el("td", {}, r.country || ""), el("td", {}, r.precision || ""), el("td", {}, r.events), el("td", {}, day(r.first)), el("td", {}, day(r.last)))))))),
    foot("places", () => rows, command("export", s, ["actor", "between", "code", "status", "place", "from", "to"], ["--format", "geojson"])),
    el("div", { class: "foot" }, el("button", { onclick: () => saveSvg(chart, "map.svg") }, "SVG"), answer.next && el("span", { class: "m" }, "The thousand most frequent places.")));
}
