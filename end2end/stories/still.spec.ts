// Pages stand still: what the server has drawn stays where it is when the page comes to life.
import type { Page } from "@playwright/test";
import { DEMO } from "../setup/fanfare.ts";
import { hydrated } from "../setup/frame.ts";
import { signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const PAGES = ["/", "/calendar", "/calendar?view=week", "/posts", "/analytics", "/analytics/compare", "/accounts", "/compose"];
const MOST = 0.02;

interface Shift {
  value: number;
  parts: string[];
}

/** Every shift of the layout from the first paint on. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; parts: string[] }[] = [];
    Object.assign(window, { shifts });
    const name = ({ node }: { node?: Node | null }) =>
      node instanceof Element ? `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}` : (node?.nodeName ?? "gone");
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node | null }[] })[]) {
        shifts.push({ value: entry.value, parts: entry.sources.map(name) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

for (const width of [1280, 390]) {
  test(`nothing jumps when a page comes to life, ${width} px`, async ({ page, launch }) => {
    const fanfare = await launch("demo", {}, "normal");
    await page.setViewportSize({ width, height: 844 });
    await signIn(page, fanfare.url, WORDS.en, DEMO);
    await watchShifts(page);
    for (const path of PAGES) {
      await page.goto(fanfare.url + path);
      await hydrated(page);
      // What comes after the page, such as the charts' drawings.
      await page.waitForTimeout(1_500);
      const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      expect.soft(sum, `${path}: ${JSON.stringify(shifts)}`).toBeLessThan(MOST);
    }
  });
}
