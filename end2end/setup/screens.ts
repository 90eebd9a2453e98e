import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { root } from "./process.ts";

const WIDTHS = [390, 768, 1280, 1680];
/** Where a phone's and a desk's layout are seen: there in the dark, too. */
const LAYOUTS = [390, 1280];

export interface Screen {
  /** The file's first part: `composer` gives `composer-390-dark-fr.png`. */
  name: string;
  /** Loads the page and brings it into the state to be seen. */
  show: (page: Page) => Promise<void>;
}

/**
 * Pictures of a page in every width, and in the dark, in test-results/screens, where somebody can look at them. Notes where the page is wider than its
 * window, and what axe finds: in English at each layout in both schemes, in French, where only the words are others, once.
 */
export async function takeScreens(page: Page, { name, show }: Screen, language: "en" | "fr"): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(windowOf(WIDTHS[0]));
  await show(page);
  for (const width of WIDTHS) {
    await page.setViewportSize(windowOf(width));
    for (const scheme of LAYOUTS.includes(width) ? (["light", "dark"] as const) : (["light"] as const)) {
      await page.emulateMedia({ colorScheme: scheme });
      const variant = `${width}-${scheme}-${language}`;
      const path = join(root, "end2end/test-results/screens", `${name}-${variant}.png`);
      if (!process.env.CI) await page.screenshot({ path, fullPage: true, animations: "disabled" });
      const axe = language === "en" ? LAYOUTS.includes(width) : width === 1280 && scheme === "light";
      if (axe) await expectAccessible(page, `${name}, ${variant}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(overflow, `${name} is wider than its window at ${width} px, ${language}`).toBeLessThanOrEqual(0);
  }
}

function windowOf(width: number) {
  return { width, height: width < 600 ? 844 : 900 };
}
