// The command palette: places, acts, accounts and posts by keys alone, on phones by a finger, and when the server is away.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { expectAccessible } from "../setup/axe.ts";
import { dayAhead } from "../setup/calendar.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, hydrated, open, toast } from "../setup/frame.ts";
import { scheduleAll } from "../setup/many.ts";
import { PALETTE, Palette } from "../setup/palette.ts";
import { signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS, type Language } from "../setup/words.ts";

const TEXT = "Rye bread, out of the oven at six";

test.describe.configure({ mode: "parallel" });

/** Signed in at home, with `maya` of X connected and one post. */
async function ready(page: Page, launch: (engine: "demo") => Promise<Fanfare>, language: Language) {
  const words = WORDS[language];
  const fanfare = await launch("demo");
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.accounts);
  await new AccountsPage(page, fanfare, words).connect("x", "maya");
  await scheduleAll(page, fanfare, [{ text: TEXT, platforms: ["x"], at: `${dayAhead(14)}T09:00` }]);
  await open(page, fanfare.url);
  return fanfare;
}

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    const french = language === "fr";
    const w = PALETTE[language];
    test.use({ locale: french ? "fr-FR" : "en-GB" });

    test(`everything is found by keys alone, in ${french ? "French" : "English"}`, async ({ page, launch }) => {
      await ready(page, launch, language);
      const palette = new Palette(page, language);

      await test.step("a post, with what was looked for marked", async () => {
        await palette.open();
        await expectAccessible(page, "the palette, nothing typed");
        await palette.field.pressSequentially("BREAD, out");
        await expect(palette.row(TEXT).locator("mark")).toHaveText("bread, out");
        await expectAccessible(page, "the palette with a post found");
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/\/posts\/[0-9a-f-]+$/);
        await expect(palette.dialog).toBeHidden();
      });

      await test.step("a place, whatever the accents", async () => {
        await palette.open();
        await palette.take(w.settingsTyped, w.settings);
        await expect(page.getByRole("heading", { level: 1, name: w.settings })).toBeVisible();
        await expect(page.getByRole("main")).toBeFocused();
      });

      await test.step("Escape gives the focus back", async () => {
        const compose = page.locator("a.compose");
        await compose.focus();
        await palette.open();
        await page.keyboard.press("Escape");
        await expect(palette.dialog).toBeHidden();
        await expect(compose).toBeFocused();
      });

      await test.step("an act", async () => {
        await palette.open();
        await palette.take(w.darkTyped, w.dark);
        await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
        await expect(palette.dialog).toBeHidden();
      });

      await test.step("an account, and its numbers", async () => {
        await palette.open();
        await palette.take("@maya", /maya/i);
        await expect(page).toHaveURL(/\/analytics\?account=/);
        await palette.open();
        await palette.take(w.syncTyped, w.sync);
        await expect(palette.field).toHaveAccessibleName(w.whose);
        await expect(palette.row(/maya/i)).toBeVisible();
        await expectAccessible(page, "the palette's second step");
        await page.keyboard.press("Enter");
        await expect(toast(page, w.syncBegun)).toBeVisible();
      });

      await test.step("nothing", async () => {
        await palette.open();
        await palette.field.fill("zzzz");
        await expect(palette.dialog.getByText(w.nothing)).toBeVisible();
        await expect(palette.field).toHaveAttribute("aria-expanded", "false");
        await expectAccessible(page, "the palette with nothing found");
        await page.keyboard.press("Control+k");
        await expect(palette.dialog).toBeHidden();
      });

      await test.step("another language", async () => {
        await palette.open();
        await palette.take(french ? "english" : "francais", w.other);
        await expect(page.locator("html")).toHaveAttribute("lang", french ? "en" : "fr");
        await hydrated(page);
      });

      await test.step("the composer, over the page", async () => {
        const other = new Palette(page, french ? "en" : "fr");
        await other.open();
        await other.take(french ? "compose a" : "composer une", french ? "Compose a post" : "Composer une publication");
        await expect(page.locator("#composer")).toBeVisible();
        await page.keyboard.press("Control+k");
        await expect(other.dialog, "not over something that is written").toBeHidden();
      });
    });
  });
}

test("the answer to the last text counts, however late another comes", async ({ page, launch }) => {
  await ready(page, launch, "en");
  const palette = new Palette(page, "en");
  const late: (() => void)[] = [];
  await page.route("**/api/palette/find", async (route) => {
    if (route.request().postData() === "text=rye") await new Promise<void>((go) => late.push(go));
    await route.continue().catch(() => undefined);
  });
  await palette.open();
  await palette.field.fill("rye");
  await expect.poll(() => late.length, "the first question is under way").toBe(1);
  await palette.field.fill("zzzz");
  await expect(palette.dialog.getByText(PALETTE.en.nothing)).toBeVisible();
  const answered = page.waitForResponse((answer) => answer.request().postData() === "text=rye");
  for (const go of late) go();
  await answered;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await expect(palette.row(TEXT)).toHaveCount(0);
  await expect(palette.dialog.getByText(PALETTE.en.nothing)).toBeVisible();
});

test.describe(() => {
  test.use({ expectedInConsole: /net::ERR_FAILED|Failed to fetch/ });

  test("without the server, places are found and the rest is told", async ({ page, fanfare }) => {
    await signIn(page, fanfare.url, WORDS.en, DEMO);
    const palette = new Palette(page, "en");
    await palette.open();
    await page.route("**/api/palette/find", (route) => route.abort());
    await palette.field.fill("team");
    await expect(palette.row("Team")).toBeVisible();
    await expect(palette.dialog.locator(".palette-note")).toContainText("can’t be reached");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
  });
});

test.describe(() => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("on a phone it rises from the foot", async ({ page, fanfare }) => {
    await signIn(page, fanfare.url, WORDS.en, DEMO);
    const palette = new Palette(page, "en");
    await page.getByRole("link", { name: PALETTE.en.open, exact: true }).tap();
    await palette.isOpen();
    const sheet = await palette.dialog.boundingBox();
    expect(Math.round((sheet?.y ?? 0) + (sheet?.height ?? 0))).toBe(844);
    expect(sheet?.width).toBe(390);
    const small = await palette.dialog.evaluate((dialog) =>
      [...dialog.querySelectorAll("button, input, [role=option]")]
        .map((part) => part.getBoundingClientRect())
        .filter(({ width, height }) => width < 44 || height < 44).length,
    );
    expect(small, "targets smaller than a finger").toBe(0);
    await expectAccessible(page, "the palette on a phone");
    await palette.row("Calendar").tap();
    await expect(page.getByRole("heading", { level: 1, name: "Calendar" })).toBeVisible();
  });
});
