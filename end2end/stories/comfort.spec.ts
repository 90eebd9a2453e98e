// Twice the size, no motion, and fingers: every page, and what opens over it.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open } from "../setup/frame.ts";
import { gradient } from "../setup/image.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const LONG = `${"Donaudampfschifffahrtsgesellschaftskapitän ".repeat(4)} https://example.com/${"long-path-".repeat(12)}`;

test.describe.configure({ mode: "parallel" });

/** A workspace with something on every page; gives the addresses of its pages. */
async function furnish(page: Page, fanfare: Fanfare): Promise<string[]> {
  await signIn(page, fanfare.url, words, DEMO);
  // Phones have it in a menu.
  await open(page, `${fanfare.url}/accounts`);
  await new AccountsPage(page, fanfare, words).connect("x", "maya");
  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  const posts = new PostsPage(page, words);
  await composer.open();
  await composer.write(LONG);
  await composer.addImage({ file: gradient(900, 600, 90), name: "rolls.png", alt: "Rolls" });
  await composer.addImage({ file: gradient(600, 900, 20), name: "bread.png", alt: "Bread" });
  // Closing keeps the draft; phones have no button of its own for that.
  await page.keyboard.press("Escape");
  await expect(composer.sheet).toBeHidden({ timeout: 20_000 });
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("Out today");
  await composer.publishNow();
  await posts.shows("Out today", words.published, 30_000);
  const draft = await posts.row("Donaudampf").getByRole("link", { name: "Donaudampf" }).getAttribute("href");
  return ["/", "/posts", draft ?? "", `${draft}/edit`, "/compose", "/calendar", "/calendar?view=day", "/accounts", "/team", "/settings"];
}

test("at twice the size nothing has to be scrolled sideways", async ({ page, launch }) => {
  const fanfare = await launch("demo");
  const pages = await furnish(page, fanfare);
  // Half of 1280, and what 400 % leave of it.
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 512 });
    for (const path of pages) {
      await open(page, fanfare.url + path);
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll("main, dialog[open], .sheet-edit, .sheet-foot, .sheet-head")]
          .filter((part) => part.scrollWidth > part.clientWidth + 1)
          .map((part) => `${part.tagName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth}`),
      );
      expect.soft(wide, `${path} at ${width} px`).toEqual([]);
    }
  }
});

test.describe(() => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("on a phone everything is as large as a finger", async ({ page, launch }) => {
    const fanfare = await launch("demo");
    for (const path of await furnish(page, fanfare)) {
      await open(page, fanfare.url + path);
      const small = await page.evaluate(() => {
        const within = document.querySelector("dialog:modal") ?? document;
        return [...within.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
          .filter((part) => part.checkVisibility() && !part.matches(".visually-hidden, .skip-link"))
          .map((part) => ({ part, box: part.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 44 || box.height < 44)
          .map(({ part, box }) => `${part.outerHTML.slice(0, 120)}: ${box.width} by ${box.height}`);
      });
      expect.soft(small, path).toEqual([]);
    }
  });
});

test.describe(() => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("whoever wants no motion gets none", async ({ page, launch }) => {
    const fanfare = await launch("demo");
    for (const path of await furnish(page, fanfare)) {
      await open(page, fanfare.url + path);
      const moving = await page.evaluate(() => {
        const longest = (value: string) => Math.max(...value.split(",").map((part) => parseFloat(part) * (part.trim().endsWith("ms") ? 1 : 1000)));
        return [...document.querySelectorAll("*")]
          .filter((part) => {
            const { transitionDuration, animationDuration, animationName } = getComputedStyle(part);
            return longest(transitionDuration) > 1 || (animationName !== "none" && longest(animationDuration) > 1);
          })
          .map((part) => part.outerHTML.slice(0, 120));
      });
      expect.soft(moving, path).toEqual([]);
    }
  });
});

test.describe(() => {
  // What the browser says about a file that doesn't come.
  test.use({ expectedInConsole: /net::ERR_FAILED|Failed to fetch|preload/ });

  test("a page whose part doesn't come is brought anew by the server", async ({ page, fanfare }) => {
    await page.route(/\/pkg\/split_manage/, (route) => route.abort());
    await signIn(page, fanfare.url, words, DEMO);
    const anew = page.waitForRequest((request) => request.isNavigationRequest() && request.url() === `${fanfare.url}/accounts`);
    await page.getByRole("navigation").getByRole("link", { name: words.accounts, exact: true }).first().click();
    await anew;
    await expect(page.getByRole("heading", { level: 1, name: words.accounts })).toBeVisible();
    // It works by plain links meanwhile, and in full once the part can be had.
    await page.getByRole("navigation").getByRole("link", { name: words.posts, exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: words.posts })).toBeVisible();
    await page.unroute(/\/pkg\/split_manage/);
    await open(page, `${fanfare.url}/accounts`);
    await goTo(page, words.posts);
    await expect(page.getByRole("main"), "the page that was waited for has the focus").toBeFocused();
  });
});
