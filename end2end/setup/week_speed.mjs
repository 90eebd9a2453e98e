// How heavy a full week is in a browser: `node setup/week_speed.mjs ADDRESS COOKIE`, the cookie's value in SESSION_TOKEN. Prints JSON:
// `nodes` elements of the page once it is alive, `posts` how many it tells of, by themselves and in numbers; `blocking` milliseconds by
// which the page's tasks were longer than 50 ms until then, the median of several.
import { withSession } from "./browser_with_session.mjs";

const [address, cookie] = process.argv.slice(2);
const TIMES = 5;
const WITHIN = 40_000;

/** Notes each long task from the page's beginning on. */
const watch = () => {
  window.blocked = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.blocked += duration - 50;
  }).observe({ type: "longtask", buffered: true });
};

const result = await withSession(address, cookie, async (context) => {
  const page = await context.newPage();
  await page.addInitScript(watch);
  const blocking = [];
  for (let n = 0; n < TIMES; n += 1) {
    await page.goto(address, { waitUntil: "load", timeout: WITHIN });
    await page.locator("html[data-hydrated]").waitFor({ state: "attached", timeout: WITHIN });
    // What follows coming to life is counted, too; long tasks are told a little after they happened.
    await page.waitForTimeout(500);
    blocking.push(await page.evaluate(() => window.blocked));
  }
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const alone = await page.locator(".week-day > .chip").count();
  const folded = await page.locator(".week-day > .fold").allTextContents();
  const posts = folded.reduce((sum, number) => sum + Number(number), alone);
  return { nodes, posts, blocking: blocking.sort((a, b) => a - b)[Math.floor(TIMES / 2)] };
});
console.log(JSON.stringify(result));
