import { join } from "node:path";
import { expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { watchConsole } from "./console.ts";
import { root } from "./process.ts";

const WIDTHS = [390, 768, 1280, 1680];
const SCHEMES = ["light", "dark"] as const;
const LANGUAGES = ["en", "fr"] as const;

export interface Screen {
  /** The file's first part: `composer` gives `composer-390-dark-fr.png`. */
  name: string;
  url: string;
  /** Cookies of the person who looks. */
  signedIn?: Awaited<ReturnType<BrowserContext["storageState"]>>;
  /** Brings the page into the state to be seen; waits for it by default only to be loaded. */
  prepare?: (page: Page) => Promise<void>;
}

/**
 * Pictures of a page in every width, colour scheme and language, in test-results/screens. Fails where a page is wider
 * than its window or complains in the console.
 */
export async function takeScreens(browser: Browser, screen: Screen): Promise<void> {
  for (const language of LANGUAGES) {
    for (const colorScheme of SCHEMES) {
      const context = await browser.newContext({
        locale: language,
        colorScheme,
        reducedMotion: "reduce",
        storageState: screen.signedIn,
      });
      const problems = watchConsole(context);
      const page = await context.newPage();
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
        await page.goto(screen.url);
        await screen.prepare?.(page);
        const name = `${screen.name}-${width}-${colorScheme}-${language}`;
        await page.screenshot({ path: join(root, "end2end/test-results/screens", `${name}.png`), fullPage: true });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${name} is wider than its window`).toBeLessThanOrEqual(0);
      }
      expect(problems, `console of ${screen.name} in ${language}`).toEqual([]);
      await context.close();
    }
  }
}
