// Live changes: what one member does, or a worker, others see without loading the page; and nothing is taken from under their hands.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { CalendarPage, dayAhead } from "../setup/calendar.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open, openMenu, signOut } from "../setup/frame.ts";
import { signIn, signUp } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { TeamPage } from "../setup/team.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const TEXT = "Rye bread, out of the oven at six";
/** What a change may take from one browser to another, in milliseconds. */
const SOON = 1_000;

test.describe.configure({ mode: "parallel" });

/** Two members, each with a browser; one post of X's on the 14th of the month after the next. */
async function two(page: Page, visitor: () => Promise<Page>, launch: (engine: "demo") => Promise<Fanfare>) {
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
  await goTo(page, "Team");
  const link = await new TeamPage(page).invite("Editor");
  const other = await visitor();
  await open(other, link);
  await signUp(other, words, { name: "Bo", email: "bo@example.com", password: "a long password" });
  return { fanfare, other };
}

/** How many streams the server has open. */
async function streams(fanfare: Fanfare): Promise<number> {
  const metrics = await (await fetch(`${fanfare.url}/metrics`)).text();
  return Number(/^fanfare_event_streams (\d+)$/m.exec(metrics)?.[1]);
}

test("two members see each other's moves on the calendar within a second", async ({ page, launch, visitor }) => {
  const { fanfare, other } = await two(page, visitor, launch);
  const address = `${fanfare.url}/calendar?on=${dayAhead(1)}`;
  await open(page, address);
  await open(other, address);
  const [ours, theirs] = [new CalendarPage(page), new CalendarPage(other)];
  await theirs.shows(dayAhead(14), TEXT);
  await ours.drag(TEXT, dayAhead(14), dayAhead(17));
  await expect(theirs.chip(dayAhead(17), TEXT)).toBeVisible({ timeout: SOON });
  await expect(theirs.chip(dayAhead(14), TEXT)).toHaveCount(0);
  await theirs.drag(TEXT, dayAhead(17), dayAhead(20));
  await expect(ours.chip(dayAhead(20), TEXT)).toBeVisible({ timeout: SOON });

  // What is held in the hand stays there; what changed meanwhile is seen after it was let go.
  await theirs.chip(dayAhead(20), TEXT).hover();
  await other.mouse.down();
  await other.mouse.move(5, 5, { steps: 4 });
  await ours.drag(TEXT, dayAhead(20), dayAhead(22));
  await ours.shows(dayAhead(22), TEXT);
  await expect(theirs.chip(dayAhead(20), TEXT)).toBeVisible();
  // Beside the days it is let go where it was.
  await other.mouse.up();
  await theirs.shows(dayAhead(22), TEXT);
});

test("a post that another member sends out is seen to be published, with the focus where it was", async ({ page, launch, visitor }) => {
  const { fanfare, other } = await two(page, visitor, launch);
  await open(page, `${fanfare.url}/posts`);
  const [ours, theirs] = [new PostsPage(page, words), new PostsPage(other, words)];
  await ours.openPost(TEXT);
  await open(other, `${fanfare.url}/posts`);
  // It is due in weeks: nothing but the word of the change makes the list ask again.
  const link = theirs.row(TEXT).getByRole("link", { name: TEXT });
  await link.focus();
  await page.getByRole("button", { name: "Publish now…", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish now", exact: true }).click();
  await theirs.shows(TEXT, "Published", 10_000);
  await expect(link).toBeFocused();
  await expect(ours.target("x")).toContainText("Published");
});

test("under an open menu nothing is drawn anew until it is closed", async ({ page, launch, visitor }) => {
  const { fanfare, other } = await two(page, visitor, launch);
  await open(other, `${fanfare.url}/posts`);
  const theirs = new PostsPage(other, words);
  const menu = await openMenu(other, /Rye bread/, theirs.row(TEXT));
  await goTo(page, words.posts);
  const ours = new PostsPage(page, words);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("Buns on Sunday");
  await composer.schedule(`${dayAhead(15)}T09:00`);
  await expect(ours.row("Buns on Sunday")).toBeVisible();
  await expect(menu).toBeVisible();
  await expect(theirs.row("Buns on Sunday")).toHaveCount(0);
  await other.keyboard.press("Escape");
  await expect(theirs.row("Buns on Sunday")).toBeVisible();
});

test("two pages of a browser share one stream, and each takes it over", async ({ page, launch, visitor, context }) => {
  const { fanfare, other } = await two(page, visitor, launch);
  await page.close();
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const one of [first, second, other]) await open(one, `${fanfare.url}/calendar?on=${dayAhead(1)}`);
  const theirs = new CalendarPage(other);
  await theirs.drag(TEXT, dayAhead(14), dayAhead(17));
  for (const one of [first, second]) await new CalendarPage(one).shows(dayAhead(17), TEXT);
  expect(await streams(fanfare), "one for each browser").toBe(2);
  await first.close();
  await theirs.drag(TEXT, dayAhead(17), dayAhead(20));
  await new CalendarPage(second).shows(dayAhead(20), TEXT);
  await expect.poll(() => streams(fanfare)).toBe(2);
  await signOut(second, words);
  await expect.poll(() => streams(fanfare), { message: "whoever signed out hears nothing" }).toBe(1);
});

test.describe("a server that is away for a moment", () => {
  // What the browser says about it.
  test.use({ expectedInConsole: /net::ERR_CONNECTION_REFUSED/ });

  test("after a restart of the server it goes on", async ({ page, launch, visitor }) => {
    const { fanfare, other } = await two(page, visitor, launch);
    await open(other, `${fanfare.url}/posts`);
    await fanfare.restart();
    await open(page, `${fanfare.url}/posts`);
    const composer = new Composer(page, words);
    await composer.open();
    await composer.choose(["x"]);
    await composer.write("Buns on Sunday");
    await composer.schedule(`${dayAhead(15)}T09:00`);
    await new PostsPage(other, words).shows("Buns on Sunday", "Scheduled", 20_000);
  });
});
