// The calendar by hand: a week is planned by dragging, by keys and by touch; the past stays shut.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { expectAccessible } from "../setup/axe.ts";
import { CalendarPage, dayAhead } from "../setup/calendar.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open, toast } from "../setup/frame.ts";
import { scheduleAll } from "../setup/many.ts";
import { signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS, type Language } from "../setup/words.ts";

const TEXT = "Rye bread, out of the oven at six";

test.describe.configure({ mode: "parallel" });

/** The Monday and the days after it, in a week that lies wholly ahead. */
function mondayAnd(...after: number[]): string[] {
  const first = new Date(`${dayAhead(8)}T00:00Z`);
  const monday = first.getTime() - ((first.getUTCDay() + 6) % 7) * 86_400_000;
  return [0, ...after].map((days) => new Date(monday + days * 86_400_000).toISOString().slice(0, 10));
}

/** A day in the workspace's zone, so many from today. */
function fromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString("sv", { timeZone: "Europe/Paris" });
}

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

test("a drag that is given up moves nothing and opens nothing", async ({ page, launch }) => {
  const { calendar } = await ready(page, launch);
  await calendar.chip(dayAhead(14), TEXT).hover();
  await page.mouse.down();
  const { x, y } = (await calendar.day(dayAhead(16)).boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(x + 20, y + 40, { steps: 8 });
  await expect(calendar.day(dayAhead(16))).toHaveClass(/is-target/);
  await page.keyboard.press("Escape");
  await expect(page.locator(".is-target")).toHaveCount(0);
  await page.mouse.up();
  // A click would have been followed by now.
  await page.evaluate(() => new Promise((next) => setTimeout(next, 300)));
  expect(new URL(page.url()).pathname).toBe("/calendar");
  await calendar.shows(dayAhead(14), TEXT);
  // The next click is one again.
  await calendar.chip(dayAhead(14), TEXT).click();
  await expect(page).toHaveURL(/\/posts\/[0-9a-f-]+$/);
});

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    const french = language === "fr";
    test.use({ locale: french ? "fr-FR" : "en-GB" });

    test(`what is out carries its numbers, in ${french ? "French" : "English"}`, async ({ page, launch }) => {
      const fanfare = await launch("demo", {}, "normal");
      await signIn(page, fanfare.url, WORDS[language], DEMO);
      await open(page, `${fanfare.url}/calendar?on=${fromToday(-20)}`);
      const chip = page.locator('.chip[data-state="published"]').first();
      const questions: string[] = [];
      page.on("request", (request) => questions.push(new URL(request.url()).pathname));
      await chip.hover();
      const table = page.locator(".peek .peek-counts");
      await expect(table).toBeVisible();
      expect(questions.filter((path) => path.startsWith("/api/") && !path.includes("/media/"))).toEqual(["/api/calendar/peek"]);
      const described = (await chip.getAttribute("aria-description")) ?? "";
      const views = french ? /Vues : (non disponible|[\d ]*\d)/ : /Views (not available|[\d,]*\d)/;
      const [, number = ""] = views.exec(described.replace(/\s/g, " ")) ?? [];
      expect(number, described).not.toBe("");
      await expectAccessible(page, "the calendar with a post looked at");
      await chip.click();
      await expect(page.locator(".post-numbers tbody tr").first()).toContainText(number);
    });
  });
}

test("a drop into the past is refused with the reason", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  const words = WORDS.en;
  await open(page, `${fanfare.url}/calendar`);
  // From today to yesterday; where the page begins with today, from tomorrow to a time of today that is over.
  const begins = (await calendar.day(fromToday(-1)).count()) === 0;
  const [at, to] = begins ? [`${fromToday(1)}T00:01`, fromToday(0)] : [`${fromToday(0)}T23:59`, fromToday(-1)];
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

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    const french = language === "fr";
    test.use({ locale: french ? "fr-FR" : "en-GB" });

    test(`a week is planned by the hour, in ${french ? "French" : "English"}`, async ({ page, launch }) => {
      const { fanfare, calendar } = await ready(page, launch, language);
      const words = WORDS[language];
      const [monday, tuesday] = mondayAnd(1);
      await scheduleAll(page, fanfare, [{ text: "Brioche", platforms: ["x"], at: `${monday}T09:00` }]);
      await open(page, `${fanfare.url}/calendar?view=week&on=${monday}`);
      await calendar.dragToTime("Brioche", monday, tuesday, "14:15");
      await expect(calendar.time(tuesday, "Brioche")).toHaveText("14:15");
      const told = toast(page, french ? /^Déplacée.*14:15/ : /^Moved to .*14:15/);
      await expect(told).toBeVisible();
      await page.reload();
      await expect(calendar.time(tuesday, "Brioche")).toHaveText("14:15");

      await calendar.dragToTime("Brioche", tuesday, tuesday, "10:30");
      await toast(page, /10:30/).getByRole("button", { name: french ? "Annuler" : "Undo" }).click();
      await expect(toast(page, french ? /^De retour/ : /^Back to/)).toBeVisible();
      await expect(calendar.time(tuesday, "Brioche")).toHaveText("14:15");
      await expectAccessible(page, "the week");

      await calendar.scrollHours("08:00");
      const column = await calendar.day(tuesday).boundingBox();
      await page.mouse.click(column!.x + 30, (await calendar.placeOf(tuesday, "11:45")) + 5);
      const composer = new Composer(page, words);
      await composer.isOpen();
      await expect(page.getByLabel(words.dateAndTime)).toHaveValue(`${tuesday}T11:45`);
    });
  });
}

test("in the hours of a week a post is moved by keys, and the focus goes with it", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  const [monday, tuesday] = mondayAnd(1);
  await scheduleAll(page, fanfare, [{ text: "Brioche", platforms: ["x"], at: `${monday}T09:00` }]);
  await open(page, `${fanfare.url}/calendar?view=week&on=${monday}`);
  await calendar.chip(monday, "Brioche").focus();
  await page.keyboard.press("m");
  await expect(page.locator("[aria-live=assertive]")).toContainText("Up and down choose the time");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight"]) await page.keyboard.press(key);
  await expect(calendar.day(tuesday).locator(".landing")).toHaveText("09:15");
  await page.keyboard.press("Enter");
  await expect(calendar.time(tuesday, "Brioche")).toHaveText("09:15");
  await expect(calendar.chip(tuesday, "Brioche")).toBeFocused();
  await page.reload();
  await expect(calendar.time(tuesday, "Brioche")).toHaveText("09:15");
});

test("a post that goes into a crowd or is refused keeps the focus", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  const day = dayAhead(15);
  const crowd = [7, 8, 9, 10, 11].map((hour) => ({ text: `Bun at ${hour}`, platforms: ["x" as const], at: `${day}T${`${hour}`.padStart(2, "0")}:00` }));
  await scheduleAll(page, fanfare, [...crowd, { text: "The last", platforms: ["x"], at: `${dayAhead(14)}T20:00` }]);
  await page.reload();
  const lift = async (words: string) => {
    await calendar.chip(dayAhead(14), words).focus();
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
  };
  await lift("The last");
  await page.keyboard.press("Enter");
  await expect(toast(page, /^Moved to/)).toBeVisible();
  await expect(calendar.day(day).getByRole("link", { name: /^\+3 more/ })).toBeFocused();

  await page.route("**/api/posts/reschedule_many", (route) => {
    const { moves } = route.request().postDataJSON() as { moves: { post: string }[] };
    return route.fulfill({ json: moves.map(({ post }) => ({ post, refused: { error: "conflict", conflict: { code: "going_out" } } })) });
  });
  await lift(TEXT);
  await page.keyboard.press("Enter");
  await calendar.shows(dayAhead(14), TEXT);
  await expect(calendar.chip(dayAhead(14), TEXT)).toBeFocused();
});

test("several posts move together, and those that cannot say why", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  await scheduleAll(page, fanfare, [
    { text: "Brioche", platforms: ["x"], at: `${dayAhead(15)}T10:00` },
    { text: "Baguette", platforms: ["x"], at: `${dayAhead(18)}T11:00` },
  ]);
  await page.reload();
  await calendar.chip(dayAhead(14), TEXT).click({ modifiers: ["Shift"] });
  await calendar.chip(dayAhead(15), "Brioche").focus();
  await page.keyboard.press("x");
  const bar = page.getByRole("toolbar", { name: "With the marked posts" });
  await expect(bar).toContainText("2 marked");

  await calendar.drag("Brioche", dayAhead(15), dayAhead(17));
  await calendar.shows(dayAhead(16), TEXT);
  await calendar.shows(dayAhead(17), "Brioche");
  const told = toast(page, "2 posts moved.");
  await told.getByRole("button", { name: "Undo" }).click();
  await expect(toast(page, "2 posts are back where they were.")).toBeVisible();
  await calendar.shows(dayAhead(14), TEXT);

  await bar.getByRole("button", { name: "+1 week" }).click();
  await calendar.shows(dayAhead(21), TEXT);
  await calendar.shows(dayAhead(22), "Brioche");
  await expect(calendar.time(dayAhead(22), "Brioche")).toHaveText("10:00");

  // The first of them would come to stand yesterday, the others after today.
  await calendar.chip(dayAhead(18), "Baguette").click({ modifiers: ["ControlOrMeta"] });
  await expect(bar).toContainText("3 marked");
  await bar.getByLabel("The first on").fill(fromToday(-1));
  await bar.getByRole("button", { name: "Move", exact: true }).click();
  await expect(toast(page, /^2 posts moved\. “Baguette” stays where it is/)).toBeVisible();
  await calendar.shows(dayAhead(18), "Baguette");
  await expectAccessible(page, "marked posts");
  await calendar.chip(dayAhead(18), "Baguette").focus();
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("the number of a crowded day opens by keys, and by the hour", async ({ page, launch }) => {
  const { fanfare, calendar } = await ready(page, launch);
  const day = dayAhead(15);
  const crowd = [8, 9, 9, 9, 9, 9, 9, 10].map((hour, n) => ({ text: `Bun no. ${n}`, platforms: ["x" as const], at: `${day}T${`${hour}`.padStart(2, "0")}:0${n}` }));
  await scheduleAll(page, fanfare, crowd);
  await page.reload();
  const number = calendar.day(day).getByRole("link", { name: /^\+5 more/ });
  await number.focus();
  await page.keyboard.press("Enter");
  const card = page.getByRole("dialog");
  await expect(card.getByRole("link", { name: "Open the day" })).toBeFocused();
  await expect(card.getByRole("link", { name: "Bun no. 0" })).toBeVisible();
  await expect(card.getByRole("link", { name: "Bun no. 6" })).toBeHidden();
  await card.getByText("+2 more").click();
  await expect(card.getByRole("link", { name: "Bun no. 6" })).toBeVisible();
  await expectAccessible(page, "an opened number");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(number).toBeFocused();
  expect(page.url(), "it opened nothing else").toContain("/calendar?on=");
  await page.keyboard.press("Enter");
  await card.getByRole("link", { name: "Open the day" }).click();
  await expect(page.getByRole("region", { name: /, 8 posts$/ })).toBeVisible();
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
    await calendar.dragByTouch(TEXT, dayAhead(14), calendar.day(dayAhead(15)));
    await expect(toast(page, /^Moved to/)).toBeVisible();
    await calendar.shows(dayAhead(15), TEXT);
    await calendar.shows(dayAhead(15), "Buns on Sunday");
  });

  test("one day of a week: a post goes to another hour, and to another day by its name", async ({ page, launch }) => {
    const fanfare = await launch("demo");
    await signIn(page, fanfare.url, WORDS.en, DEMO);
    await open(page, `${fanfare.url}/accounts`);
    await new AccountsPage(page, fanfare, WORDS.en).connect("x", "maya");
    const [monday, tuesday] = mondayAnd(1);
    await scheduleAll(page, fanfare, [{ text: "Brioche", platforms: ["x"], at: `${monday}T09:00` }]);
    await open(page, `${fanfare.url}/calendar?view=week&on=${monday}`);
    const calendar = new CalendarPage(page);
    await calendar.scrollHours("08:00");
    const chip = await calendar.chip(monday, "Brioche").boundingBox();
    const noon = (await calendar.placeOf(monday, "12:00")) + chip!.height / 2;
    await calendar.dragByTouch("Brioche", monday, calendar.day(monday), ({ x, width }) => ({ x: x + width / 2, y: noon }));
    await expect(calendar.time(monday, "Brioche")).toHaveText("12:00");
    await expect(toast(page, /12:00/)).toBeVisible();

    const strip = page.getByRole("navigation", { name: "Days of this week" });
    await calendar.dragByTouch("Brioche", monday, strip.locator(`[data-drop="${tuesday}"]`));
    await expect(calendar.chip(monday, "Brioche")).toHaveCount(0);
    await strip.getByRole("link", { name: /^Tuesday/ }).click();
    await expect(calendar.time(tuesday, "Brioche")).toHaveText("12:00");
    await expectAccessible(page, "a day of a week on a phone");
  });
});
