// The calendar by hand: a week is planned by dragging, by keys and by touch; the past stays shut.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { expectAccessible } from "../setup/axe.ts";
import { CalendarPage, dayAhead } from "../setup/calendar.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open, toast } from "../setup/frame.ts";
import { signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS, type Language } from "../setup/words.ts";

const TEXT = "Rye bread, out of the oven at six";

test.describe.configure({ mode: "parallel" });

/** Signed in, with `maya` of X connected and one post on the 14th of the month after the next. */
async function ready(page: Page, launch: (engine: "demo") => Promise<Fanfare>, language: Language = "en") {
  const words = WORDS[language];
  const fanfare = await launch("demo");
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.accounts);
  await new AccountsPage(page, fanfare, words).connect("x", "maya");
  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write(TEXT);
  await composer.schedule(`${dayAhead(14)}T09:00`);
  await open(page, `${fanfare.url}/calendar?on=${dayAhead(1)}`);
  return { fanfare, calendar: new CalendarPage(page) };
}

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB" });

    test(`a post is dragged to another day and back, in ${language === "fr" ? "French" : "English"}`, async ({ page, launch }) => {
      const { fanfare, calendar } = await ready(page, launch, language);
      await calendar.shows(dayAhead(14), TEXT);
      await calendar.drag(TEXT, dayAhead(14), dayAhead(16));
      await calendar.shows(dayAhead(16), TEXT);
      const told = toast(page, language === "fr" ? /^Déplacée/ : /^Moved to/);
      await expect(told).toBeVisible();
      expect(page.url(), "a drag opens nothing").toContain("/calendar");
      await page.reload();
      await calendar.shows(dayAhead(16), TEXT);
      await expect(calendar.chip(dayAhead(14), TEXT)).toHaveCount(0);

      await calendar.drag(TEXT, dayAhead(16), dayAhead(20));
      await expect(told).toBeVisible();
      // The way back is there on other pages, too.
      await goTo(page, WORDS[language].posts);
      await told.getByRole("button", { name: language === "fr" ? "Annuler" : "Undo" }).click();
      await expect(toast(page, language === "fr" ? /^De retour/ : /^Back to/)).toBeVisible();
      await open(page, `${fanfare.url}/calendar?on=${dayAhead(1)}`);
      await calendar.shows(dayAhead(16), TEXT);
      await expectAccessible(page, "the calendar");
    });
  });
}

test("a post is composed for a day, and the calendar is there again", async ({ page, launch }) => {
  const { calendar } = await ready(page, launch);
  await calendar.day(dayAhead(22)).hover();
  await calendar.day(dayAhead(22)).getByRole("link", { name: /^Compose for/ }).click();
  const composer = new Composer(page, WORDS.en);
  await composer.isOpen();
  await expect(page.getByLabel("Date and time")).toHaveValue(`${dayAhead(22)}T09:00`);
  await composer.choose(["x"]);
  await composer.write("Baguettes again");
  await composer.sheet.getByRole("button", { name: "Schedule", exact: true }).click();
  await page.waitForURL(/\/calendar\?on=/);
  await calendar.shows(dayAhead(22), "Baguettes again");
});

test("a post is moved by keys alone, and left where it was", async ({ page, launch }) => {
  const { calendar } = await ready(page, launch);
  const said = page.locator("[aria-live=assertive]");
  await calendar.chip(dayAhead(14), TEXT).focus();
  await page.keyboard.press("m");
  await expect(said).toContainText(TEXT);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await expect(said).toHaveText("Left where it was.");
  await calendar.shows(dayAhead(14), TEXT);
  await page.keyboard.press("m");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  await expect(calendar.day(dayAhead(20))).toHaveClass(/is-target/);
  await page.keyboard.press("Enter");
  await calendar.shows(dayAhead(20), TEXT);
  await expect(calendar.chip(dayAhead(20), TEXT)).toBeFocused();
  await expect(toast(page, /^Moved to/)).toBeVisible();
  await page.reload();
  await calendar.shows(dayAhead(20), TEXT);
});

test("a drop into the past is refused with the reason", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  const words = WORDS.en;
  /** A day in the workspace's zone, so many from today. */
  const day = (from: number) => new Date(Date.now() + from * 86_400_000).toLocaleDateString("sv", { timeZone: "Europe/Paris" });
  await open(page, `${fanfare.url}/calendar`);
  // From today to yesterday; where the page begins with today, from tomorrow to a time of today that is over.
  const begins = (await calendar.day(day(-1)).count()) === 0;
  const [at, to] = begins ? [`${day(1)}T00:01`, day(0)] : [`${day(0)}T23:59`, day(-1)];
  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("The last of the day");
  await composer.schedule(at);
  await open(page, `${fanfare.url}/calendar`);
  await calendar.drag("The last of the day", at.slice(0, 10), to);
  await expect(toast(page, /^That time has passed/)).toBeVisible();
  await calendar.shows(at.slice(0, 10), "The last of the day");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a long press lifts a post, and a swipe does not", async ({ page, launch }) => {
    const fanfare = await launch("demo");
    const words = WORDS.en;
    await signIn(page, fanfare.url, words, DEMO);
    await open(page, `${fanfare.url}/accounts`);
    await new AccountsPage(page, fanfare, words).connect("x", "maya");
    const composer = new Composer(page, words);
    for (const [day, text] of [
      [14, TEXT],
      [15, "Buns on Sunday"],
    ] as const) {
      await open(page, `${fanfare.url}/posts`);
      await composer.open();
      await composer.choose(["x"]);
      await composer.write(text);
      await composer.schedule(`${dayAhead(day)}T09:00`);
    }
    await open(page, `${fanfare.url}/calendar?on=${dayAhead(1)}`);
    const calendar = new CalendarPage(page);
    await calendar.swipe(calendar.chip(dayAhead(14), TEXT));
    await calendar.dragByTouch(TEXT, dayAhead(14), dayAhead(15));
    await expect(toast(page, /^Moved to/)).toBeVisible();
    await calendar.shows(dayAhead(15), TEXT);
    await calendar.shows(dayAhead(15), "Buns on Sunday");
  });
});
