// SPDX-License-Identifier: Apache-2.0
// tests/web/walk.js: eleven ways through the page in Chromium, at the width of a phone and of a desk: node walk.js URL FOLDER
// Each path says what a person should see. axe looks at every view; what the first view weighs is counted. Screenshots go to FOLDER.
"use strict";
const { chromium } = require("playwright-core"), fs = require("fs"), path = require("path");
const [base, shots] = process.argv.slice(2), axe = fs.readFileSync(require.resolve("axe-core"), "utf8");
const FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split(" ");
let checks = 0, failed = 0;
const check = (good, what) => { checks++; if (!good) { failed++; console.log("FAILED:", what); } };

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  for (const width of [1200, 375]) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, acceptDownloads: true, bypassCSP: false }), p = await context.newPage();
    const at = w => `${width}: ${w}`, still = () => p.waitForSelector("main:not([aria-busy]) > *", { timeout: 60000 });
    let weight = 0;
    p.on("pageerror", e => check(false, at("script: " + e.message)));
    p.on("console", m => m.type() === "error" && check(/404|40\d/.test(m.text()), at("console: " + m.text())));
    p.on("request", r => check(r.url().startsWith(base) || r.url().startsWith("blob:"), at("nothing is fetched from elsewhere: " + r.url())));
    const open = async view => { await p.goto(base + view); await still(); };
    const look = async name => {
      await p.waitForTimeout(200);
      await p.screenshot({ path: path.join(shots, `${width}-${name}.png`), fullPage: true });
      check(await p.evaluate(() => document.documentElement.scrollWidth) <= width, at(`${name} is no wider than the screen`));
      // through the debugger, which the page's policy does not hold: the page itself may not
      const cdp = await context.newCDPSession(p);
      await cdp.send("Runtime.evaluate", { expression: axe });
      const r = await cdp.send("Runtime.evaluate", { expression: "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ' ' + v.nodes[0].html.slice(0, 120) + ' ' + (v.nodes[0].failureSummary || '').slice(0, 200))))", awaitPromise: true });
      check(typeof r.result.value === "string", at(name + ": axe ran"));
      const bad = JSON.parse(r.result.value || "[]");
      check(bad.length === 0, at(`${name}: axe: ${bad.join(" | ")}`));
      await cdp.detach();
    };
    const unfold = async () => { if (width < 861) await p.evaluate(() => { document.getElementById("fold").open = true; }); };

    // 1: the board, what it weighs, the history of a matter
    p.on("response", async r => { weight += Number(r.headers()["content-length"] || 0); });
    const began = Date.now();
    await open("");
    const took = Date.now() - began;
    console.log(`${width}: first view ${weight} bytes, ${took} ms`);
    check(weight < 300000, at(`the first view weighs ${weight}`));
    check(await p.locator("article.card").count() > 0, at("the board has cards"));
    await p.locator("article.card summary").first().click();
    check(await p.locator("article.card details[open] li").count() > 0, at("a card opens into its history"));
    await look("board");
    // the map: places, their table, a place's events, the view in the address
    await open("?view=map");
    check(await p.locator("svg.map circle.spot").count() > 0, at("the map has places"));
    check((await p.locator("svg.map .coast").getAttribute("d")).length > 1000, at("the map has coasts"));
    await look("map");
    await p.locator("button[aria-label=nearer]").click();
    await p.waitForURL(/map=/);
    await still();
    await p.locator("button[aria-label='all places']").click();
    await still();
    await p.locator("summary", { hasText: "As a table (" }).click();
    const somewhere = await p.locator("section.panel tbody button").first().textContent();
    await p.locator("section.panel tbody button").first().click();
    await p.waitForURL(/view=events/);
    await still();
    check(new URL(p.url()).searchParams.get("place") === somewhere, at("a place leads to its events"));
    check(await p.locator("ul.rows li").count() > 0, at("and there are some"));
    await open("");
    // 2: keyboard: skip link, then search by '/'
    await p.keyboard.press("Tab");
    await p.goto(base);
    await still();
    await p.keyboard.press("Tab");
    check(await p.evaluate(() => document.activeElement.className) === "skip", at("the first stop is the way to the content"));
    await p.keyboard.press("Enter");
    await p.keyboard.press("/");
    await p.waitForSelector("#q");
    await p.waitForTimeout(200);
    await p.keyboard.type("demand");
    await p.keyboard.press("Enter");
    await p.waitForSelector("ul.rows mark", { timeout: 30000 });
    check(p.url().includes("q=demand"), at("what is sought stands in the address"));
    await look("search");
    // 3: the filter, in words and in the address; back
    await open("?view=events");
    await unfold();
    await p.locator("#filter select").first().selectOption("REJECT");
    await p.waitForFunction(() => document.getElementById("words").textContent.includes("REJECT"));
    await still();
    check(p.url().includes("code=REJECT"), at("the type stands in the address"));
    check((await p.locator("ul.rows > li .s").allTextContents()).every(t => t.includes("REJECT")), at("only that type is shown"));
    await look("events");
    await p.goBack();
    await still();
    check(!p.url().includes("code="), at("back takes the filter away"));
    // 4: a stretch of the timeline filters the panels
    const chart = p.locator("section.panel svg").first(), box = await chart.boundingBox();
    await p.mouse.move(box.x + box.width * 0.3, box.y + 40);
    await p.mouse.down();
    await p.mouse.move(box.x + box.width * 0.7, box.y + 40, { steps: 4 });
    await p.mouse.up();
    await p.waitForFunction(() => location.search.includes("from=") && location.search.includes("to="));
    await still();
    check((await p.locator("#words").textContent()).includes("from"), at("the stretch stands in words"));
    // 5: the matrix leads to the events of two
    await open("?view=matrix");
    await look("matrix");
    await p.locator(".matrix td button").first().click();
    await p.waitForFunction(() => location.search.includes("other="));
    await still();
    check((await p.locator("#words").textContent()).includes("between"), at("the two stand in words"));
    check(await p.locator("ul.rows > li").count() > 0, at("and their events below"));
    // 6: an article: marks, an event, why
    await p.locator("ul.rows a").first().click();
    await p.waitForSelector(".text a.ev");
    check(await p.locator(".text .who").count() > 0, at("actors are marked"));
    check(await p.locator(".now").count() === 1, at("the event that led here stands out"));
    await p.locator("button:has-text('Why this code')").first().click();
    await p.waitForSelector("pre", { timeout: 60000 });
    check((await p.locator("pre").first().textContent()).includes("frame"), at("why this code"));
    check(await p.evaluate(() => !document.querySelector("script:not([src]), main img, main iframe")), at("text of others makes no elements"));
    await look("article");
    // 7: series, a table as CSV
    await open("?view=series&by=type&per=month");
    const [file] = await Promise.all([p.waitForEvent("download"), p.locator("section.panel .foot button:has-text('CSV')").last().click()]);
    const csv = fs.readFileSync(await file.path(), "utf8");
    check(csv.startsWith("period,first,last,type,events"), at("CSV: " + csv.slice(0, 60)));
    check((await p.locator(".foot code").allTextContents()).some(t => t.startsWith("dragoman series --db FILE")), at("the command that gives the same"));
    await look("series");
    // 8: statements
    await open("?view=statements");
    check(await p.locator("ul.rows > li").count() > 0, at("statements"));
    await look("statements");
    // 9: a pasted text
    await open("?view=paste");
    await p.fill("textarea", "Zambia rejected Zimbabwe's demand. \"<img src=x onerror=alert(1)> We will not yield,\" President Frederick Chiluba said.");
    await p.locator("button:has-text('Read it')").click();
    await p.waitForSelector(".text a.ev", { timeout: 60000 });
    check((await p.locator("main").textContent()).includes("<img src=x"), at("markup in a text is text"));
    check(await p.locator("main img").count() === 0, at("and makes no image"));
    await look("paste");
    // 10: a facet, a matter alone, what is wrong is told
    await open("");
    await p.locator(".facets button").first().click();
    await p.waitForFunction(() => location.search.includes("actor="));
    await still();
    await open("?actor=XXQ");
    check((await p.locator("[role=alert]").first().textContent()).includes("XXQ"), at("an actor that is none is told of"));
    await context.close();
  }
  // dark and print
  const p = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme: "dark" });
  await p.goto(base);
  await p.waitForSelector("article.card");
  await p.screenshot({ path: path.join(shots, "dark-board.png") });
  await p.emulateMedia({ media: "print", colorScheme: "light" });
  check(!await p.locator("nav").isVisible() && await p.locator("article.card").first().isVisible(), "print has the cards and no navigation");
  await p.screenshot({ path: path.join(shots, "print-board.png") });
  await browser.close();
  console.log(`${checks} checks, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
main().catch(e => { console.log("FAILED:", e.message); process.exit(1); });
