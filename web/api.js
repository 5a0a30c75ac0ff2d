// SPDX-License-Identifier: Apache-2.0
// web/api.js: questions to the server. A token, where it wants one, is kept for this tab alone.
let token = sessionStorage.getItem("token") || "";
export const hasToken = () => token !== "";
export function setToken(t) {
  token = t;
  sessionStorage.setItem("token", t);
}
const headers = more => ({ ...(token ? { Authorization: "Bearer " + token } : {}), ...more });
export class Problem extends Error {
  constructor(status, message) { super(message); this.status = status; }
}
async function answer(r) {
  if (r.ok) return r.json();
  let detail = r.statusText;
  try { detail = (await r.json()).detail || detail; } catch { /* no JSON: the status says it */ }
  throw new Problem(r.status, detail);
}
const kept = new Map();
export async function get(path, query) {
  const url = query ? `${path}?${query}` : path;
  if (!kept.has(url)) {
    if (kept.size > 60) kept.clear();
    const asked = fetch(url, { headers: headers() }).then(answer);
    kept.set(url, asked);
    asked.catch(() => kept.delete(url));
  }
  return kept.get(url);
}
export const forget = () => kept.clear();
export const post = (path, body, type) => fetch(path, { method: "POST", body, headers: headers({ "Content-Type": type }) }).then(answer);

// Server-sent events, read from a fetch because that can send a token. tell(event, data)
export async function changes(tell) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 60000)) {
    try {
      const r = await fetch("api/v1/changes", { headers: headers() });
      if (!r.ok) throw new Error(r.status);
      const reader = r.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        wait = 1000;
        text += value;
        const parts = text.split("\n\n");
        text = parts.pop();
        for (const p of parts) {
          const event = /^event: (.*)$/m.exec(p), data = /^data: (.*)$/m.exec(p);
          if (event && data) tell(event[1], JSON.parse(data[1]));
        }
      }
    } catch { /* the server went away: it may come back */ }
    await new Promise(ok => setTimeout(ok, wait));
  }
}
