// How quick a full month is in a browser: `node setup/calendar_speed.mjs ADDRESS COOKIE`, the cookie's value in SESSION_TOKEN. Prints
// JSON, times in milliseconds, the median of several: `visible` until the posts are painted, `chips` painted, `drop` from letting a post
// go until it stands on its new day, `task` the longest task of a drag.
import { withSession } from "./browser_with_session.mjs";

const [address, cookie] = process.argv.slice(2);
const TIMES = 5;
const WITHIN = 40_000;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** When the first content was painted; told a little after it happened. */
const painted = () =>
  new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
    }).observe({ type: "paint", buffered: true });
  });

/** Drags the first post of a day by a week, forward or back. */
async function drag(page, from, to) {
  const chip = page.locator(`[data-date="${from}"] [data-move]`).first();
  const href = await chip.getAttribute("href");
  await page.evaluate(() => {
    window.tasks = [];
    window.observer?.disconnect();
    window.observer = new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)));
    window.observer.observe({ type: "longtask" });
  });
  await chip.hover();
  await page.mouse.down();
  const box = await page.locator(`[data-date="${to}"]`).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 20 });
  // From the browser's own clock: until the frame in which the post stands there.
  const dropped = page.evaluate(
    ([to, href]) =>
      new Promise((resolve) => {
        window.addEventListener(
          "pointerup",
          ({ timeStamp }) => {
            const look = () => {
              if (document.querySelector(`[data-date="${to}"] [href="${href}"]`)) resolve(performance.now() - timeStamp);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      }),
    [to, href],
  );
  // The listener is in place once the page has answered.
  await page.evaluate(() => undefined);
  await page.mouse.up();
  const drop = await dropped;
  await page.waitForTimeout(500);
  return { drop, task: Math.max(0, ...(await page.evaluate(() => window.tasks))) };
}

const result = await withSession(address, cookie, async (context) => {
  const page = await context.newPage();
  const visible = [];
  let chips = 0;
  for (let n = 0; n < TIMES; n += 1) {
    await page.goto(address, { waitUntil: "load", timeout: WITHIN });
    // The server draws the days: the first paint with content shows them.
    visible.push(await page.evaluate(painted));
    chips = await page.locator(".chip").count();
  }
  await page.locator("html[data-hydrated]").waitFor({ state: "attached", timeout: WITHIN });
  const days = await page.locator("li:not(.is-outside)[data-date]").evaluateAll((days) => days.map((day) => day.dataset.date));
  const drags = [];
  for (let n = 0; n < TIMES; n += 1) drags.push(await drag(page, days[n], days[n + 7]));
  return {
    visible: median(visible),
    chips,
    drop: median(drags.map(({ drop }) => drop)),
    task: Math.max(...drags.map(({ task }) => task)),
  };
});
console.log(JSON.stringify(result));
