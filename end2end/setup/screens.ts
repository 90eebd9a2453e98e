import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { root } from "./process.ts";

const WIDTHS = [390, 768, 1280, 1680];
/** Where axe looks, by variant: at each layout; in French, where only the words are others, once. */
const LOOKED_AT: Record<string, number[]> = { "light-en": [390, 1280], "dark-en": [390, 1280], "light-fr": [1280] };

export interface Screen {
  /** The file's first part: `composer` gives `composer-390-dark-fr.png`. */
  name: string;
  /** Loads the page and brings it into the state to be seen. */
  show: (page: Page) => Promise<void>;
}

/**
 * Pictures of a page in every width, in test-results/screens, named with `variant` such as `dark-en`. Notes where the
 * page is wider than its window, and what axe finds.
 */
export async function takeScreens(page: Page, { name, show }: Screen, variant: string): Promise<void> {
  await page.setViewportSize(windowOf(WIDTHS[0]));
  await show(page);
  for (const width of WIDTHS) {
    await page.setViewportSize(windowOf(width));
    const path = join(root, "end2end/test-results/screens", `${name}-${width}-${variant}.png`);
    await page.screenshot({ path, fullPage: true, animations: "disabled" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `${name} is wider than its window at ${width} px, ${variant}`).toBeLessThanOrEqual(0);
    if (LOOKED_AT[variant]?.includes(width)) await expectAccessible(page, `${name} at ${width} px, ${variant}`);
  }
}

function windowOf(width: number) {
  return { width, height: width < 600 ? 844 : 900 };
}
