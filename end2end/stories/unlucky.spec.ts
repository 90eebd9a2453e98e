// What goes wrong on the way, told in words, and put right.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer, nextMinute } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { arrived, goTo, open, openMenu, toast } from "../setup/frame.ts";
import { nextSecond, scheduleAll } from "../setup/many.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;

test.describe.configure({ mode: "parallel" });

/** Signed in, one account on X connected, at the list of posts; every wait of publishing is divided. */
async function ready(page: Page, launch: (engine: "demo", settings: Record<string, string>) => Promise<Fanfare>, divisor = "8") {
  const fanfare = await launch("demo", { FANFARE_PUBLISHING__TIMING_DIVISOR: divisor });
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.accounts);
  const accounts = new AccountsPage(page, fanfare, words);
  await accounts.connect("x", "maya");
  await goTo(page, words.posts);
  const posts = new PostsPage(page, words);
  const publish = async (text: string) => {
    const composer = new Composer(page, words);
    await composer.open();
    await composer.choose(["x"]);
    await composer.write(text);
    await composer.publishNow();
  };
  return { fanfare, sandbox: fanfare.sandbox, accounts, posts, publish };
}

// Waits longest, so it begins first.
test("a post whose time passed is missed, never sent late by itself, and sent when asked", async ({ page, launch }) => {
  test.setTimeout(240_000);
  const { sandbox, accounts, posts } = await ready(page, launch);
  await goTo(page, "Settings");
  await page.getByLabel("Lateness window, in minutes").fill("1");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();

  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("Good morning");
  await composer.schedule(nextMinute("Europe/Paris", 15).wall);
  await goTo(page, words.accounts);
  const menu = await openMenu(page, "Actions for X @maya");
  await menu.getByRole("button", { name: "Pause" }).click();
  await expect(toast(page, "Saved.")).toBeVisible();
  await expect(accounts.row("X, @maya")).toContainText("Nothing is sent through this account.");

  await goTo(page, words.posts);
  await posts.shows("Good morning", "Missed", 180_000);
  await expect(posts.notice("Good morning")).toContainText("Its time passed before it could be sent");
  await expect(posts.notice("Good morning")).toContainText("The account is paused.");
  expect(await sandbox.posts("x")).toEqual([]);

  await goTo(page, words.accounts);
  await accounts.row("X, @maya").getByRole("button", { name: "Resume" }).last().click();
  await expect(accounts.row("X, @maya").getByText(words.active, { exact: true })).toBeVisible();
  expect(await sandbox.posts("x"), "a resumed account sends nothing that was missed").toEqual([]);
  await goTo(page, words.posts);
  await posts.notice("Good morning").getByRole("button", { name: "Send now" }).click();
  await posts.shows("Good morning", words.published, 30_000);
  expect(await sandbox.posts("x")).toHaveLength(1);
});

test("an answer that got lost is looked for, and the post is there once", async ({ page, launch }) => {
  const { sandbox, posts, publish } = await ready(page, launch);
  await sandbox.fault({ platform: "x", kind: "lost_answer", endpoint: "commit", count: 1 });
  // While X can't be read, nobody can know.
  await sandbox.fault({ platform: "x", kind: "error", endpoint: "read", status: 503 });
  await publish("Did it arrive? 🕊");
  await posts.shows("Did it arrive?", "Outcome unknown", 20_000);
  await expect(posts.notice("Did it arrive?")).toContainText("We don’t know yet whether it is out.");
  await expect(posts.notice("Did it arrive?")).toContainText("We look at the profile until we know, and send nothing a second time.");
  await goTo(page, words.home);
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText("Did it arrive?");
  await goTo(page, words.posts);
  await sandbox.clearFaults();
  await posts.shows("Did it arrive?", words.published, 60_000);
  expect(await sandbox.posts("x")).toMatchObject([{ text: "Did it arrive? 🕊", attempts: 1 }]);
});

test("a post that X refuses says why, and goes out after an edit", async ({ page, launch }) => {
  const { sandbox, posts, publish } = await ready(page, launch);
  await publish("Twice the same words");
  await posts.shows("Twice the same words", words.published, 20_000);
  await publish("Twice the same words ");
  const refused = posts.row("Twice the same words").filter({ hasText: "Failed" });
  await expect(refused).toBeVisible({ timeout: 20_000 });
  await goTo(page, words.home);
  const needs = page.getByRole("region", { name: "Needs you" });
  await expect(needs).toContainText("It was not sent. X refused it:");
  await expect(needs).toContainText(/duplicate/i);
  await expect(needs).toContainText("Change what it objects to, then send it again.");

  await needs.getByRole("link", { name: /Twice the same words/ }).click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  const composer = new Composer(page, words);
  await composer.isOpen();
  await composer.write("Other words, at last");
  await composer.publishNow();
  await goTo(page, words.posts);
  await posts.shows("Other words, at last", words.published, 20_000);
  expect((await sandbox.posts("x")).map(({ text }) => text)).toEqual(["Twice the same words", "Other words, at last"]);
  await goTo(page, words.home);
  await expect(page.getByText("Nothing needs you.")).toBeVisible();
});

test.describe("a post that is gone while its page is open", () => {
  // The page asks for it once more.
  test.use({ expectedInConsole: /status of 404 .*\/api\/posts\/get/ });

  test("a post deleted while it goes out, which X keeps, comes back until it is gone", async ({ page, launch }) => {
    const { sandbox, posts, publish } = await ready(page, launch, "1");
    await sandbox.fault({ platform: "x", kind: "latency", endpoint: "commit", latency_ms: 15_000 });
    await sandbox.fault({ platform: "x", kind: "error", endpoint: "read", status: 403 });
    await publish("Too quick");
    await posts.shows("Too quick", "Publishing", 10_000);
    // The list is loaded again every two seconds meanwhile; what is on its way when a menu opens closes it.
    await expect(async () => {
      await page.getByRole("button", { name: "Actions for “Too quick”" }).first().click();
      await page.locator(":popover-open").getByRole("button", { name: "Delete…" }).click({ timeout: 1_500 });
    }).toPass({ timeout: 12_000 });
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(posts.row("Too quick")).toHaveCount(0);

    // It went out all the same, and X doesn't delete it.
    await expect(async () => {
      await goTo(page, words.home);
      await goTo(page, words.posts);
      await expect(posts.row("Too quick")).toContainText(words.published, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await expect(posts.notice("Too quick")).toContainText("It could not be deleted there. X refused it:");
    await expect(posts.notice("Too quick")).toContainText("Open it there and delete it by hand, or try again from here.");
    await goTo(page, words.home);
    const needs = page.getByRole("region", { name: "Needs you" });
    await expect(needs).toContainText("It could not be deleted there.");
    await needs.getByRole("link", { name: /Too quick/ }).click();
    await expect(page.getByRole("button", { name: "Keep it there, and don’t show this any more" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Edit", exact: true })).toHaveCount(0);

    await sandbox.clearFaults();
    await posts.target("x").getByRole("button", { name: "Delete at the platform…" }).click();
    await dialog.getByRole("button", { name: "Delete on X" }).click();
    await expect(toast(page, "It is being deleted there.")).toBeVisible();
    await page.waitForURL(/\/posts$/);
    await expect.poll(async () => (await sandbox.posts("x")).map(({ deleted }) => deleted)).toEqual([true]);
    await expect(posts.row("Too quick")).toHaveCount(0);
    await goTo(page, words.home);
    // It was the only one.
    await expect(page.getByRole("heading", { name: "Ready for the first post." })).toBeVisible();
  });
});

test.describe("what is going out this moment", () => {
  // The browser notes each answer that refuses.
  test.use({ expectedInConsole: /status of 409/ });

  test("can't be changed, moved or called off, and goes out as it was", async ({ page, launch }) => {
    const { fanfare, sandbox, posts } = await ready(page, launch, "1");
    await sandbox.fault({ platform: "x", kind: "latency", endpoint: "commit", latency_ms: 25_000 });
    const at = nextSecond(50);
    await scheduleAll(page, fanfare, [{ text: "As it was meant", platforms: ["x"], at }]);
    await open(page, `${fanfare.url}/posts`);

    // Everybody is about to change it when its time comes.
    const [mover, canceller] = [await page.context().newPage(), await page.context().newPage()];
    // What lies below an open dialog stays as it was.
    const watcher = await page.context().newPage();
    await open(watcher, `${fanfare.url}/posts`);
    const ask = async (tab: Page, act: string, title: string) => {
      await open(tab, `${fanfare.url}/posts`);
      const menu = await openMenu(tab, /As it was meant/, new PostsPage(tab, words).row("As it was meant"));
      await menu.getByRole("button", { name: act }).click();
      const dialog = tab.getByRole("dialog", { name: title });
      await expect(dialog).toBeVisible();
      return dialog;
    };
    const moving = await ask(mover, "Move…", "Move the post");
    await moving.getByLabel(words.dateAndTime).fill(`${new Date().getUTCFullYear() + 1}-05-06T07:00`);
    const cancelling = await ask(canceller, "Cancel…", "Cancel the post?");
    const menu = await openMenu(page, /As it was meant/, posts.row("As it was meant"));
    await menu.getByRole("link", { name: "Edit" }).click();
    const composer = new Composer(page, words);
    await composer.isOpen();
    await composer.write("As it should have been");
    expect(Date.now(), "all was ready before its time").toBeLessThan(at);

    await expect(new PostsPage(watcher, words).row("As it was meant")).toContainText("Publishing", { timeout: 120_000 });
    const refusal = "That isn’t possible just now. The post is going out this moment. Wait for the outcome.";
    await composer.sheet.getByRole("button", { name: "Save changes" }).click();
    await expect(composer.sheet.getByRole("alert")).toContainText(refusal);
    await moving.getByRole("button", { name: "Move", exact: true }).click();
    await expect(toast(mover, refusal)).toBeVisible();
    await cancelling.getByRole("button", { name: "Cancel the post", exact: true }).click();
    await expect(toast(canceller, refusal)).toBeVisible();
    await expect(composer.sheet.getByRole("textbox", { name: words.text, exact: true })).toHaveValue("As it should have been");

    await new PostsPage(watcher, words).shows("As it was meant", words.published, 60_000);
    expect(await sandbox.posts("x")).toMatchObject([{ text: "As it was meant", attempts: 1 }]);
    await composer.sheet.getByRole("button", { name: "Save changes" }).click();
    await expect(composer.sheet.getByRole("alert")).toContainText("It is published. It can only be deleted at the platform.");
  });
});

test("a rate limit is told with the time of the next try, which works", async ({ page, launch }) => {
  const { sandbox, posts, publish } = await ready(page, launch);
  await sandbox.fault({ platform: "x", kind: "rate_limit", endpoint: "commit", count: 1, retry_after_s: 25 });
  await publish("Slowly, please");
  await expect(posts.notice("Slowly, please")).toContainText("X takes no more posts from this account for now.", { timeout: 20_000 });
  await expect(posts.notice("Slowly, please")).toContainText("it goes out as soon as the platform allows");
  await posts.openPost("Slowly, please");
  await expect(posts.target("x")).toContainText(/next try today, \d\d:\d\d/);
  await goTo(page, words.posts);
  await posts.shows("Slowly, please", words.published, 60_000);
  expect(await sandbox.posts("x")).toHaveLength(1);
});

test("a permission taken back is asked for again, and what waited goes out", async ({ page, launch }) => {
  const { fanfare, sandbox, accounts, posts, publish } = await ready(page, launch);
  await publish("Before");
  await posts.shows("Before", words.published, 20_000);
  await sandbox.revoke("x", "maya");
  await publish("After the key was taken");
  await expect(posts.notice("After the key was taken")).toContainText("X no longer accepts the connection", { timeout: 30_000 });
  await expect(posts.notice("After the key was taken")).toContainText("Reconnect the account in Accounts");
  await goTo(page, words.home);
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText("X @maya has to be connected again");
  await expect(page.getByRole("region", { name: "Needs you" })).toContainText("1 post waits for it.");

  await goTo(page, words.accounts);
  const row = accounts.row("X, @maya");
  await expect(row).toContainText("X doesn’t let Fanfare in any more.");
  await row.getByRole("button", { name: "Reconnect" }).last().click();
  await accounts.consent("maya");
  await arrived(page, "/accounts");
  await expect(row.getByText(words.active, { exact: true })).toBeVisible();
  await goTo(page, words.posts);
  await posts.shows("After the key was taken", words.published, 30_000);
  // The account is the same one: its history stayed.
  await expect(posts.row("Before")).toContainText(words.published);
  expect(await sandbox.posts("x")).toHaveLength(2);
  await open(page, `${fanfare.url}/accounts`);
  await expect(accounts.row("X, @maya")).toHaveCount(1);
});

test("another person than the one to reconnect is refused", async ({ page, launch }) => {
  const { accounts } = await ready(page, launch);
  await goTo(page, words.accounts);
  const menu = await openMenu(page, "Actions for X @maya");
  await menu.getByRole("button", { name: "Reconnect" }).click();
  await accounts.consent("theo");
  await arrived(page, "/accounts");
  await expect(page.getByRole("alert")).toContainText("X was not connected.");
  await expect(page.getByRole("alert")).toContainText("Another profile answered");
  await expect(accounts.row("X, @theo")).toHaveCount(0);
});

test("refusing at the platform connects nothing and says so", async ({ page, launch }) => {
  const { accounts, fanfare } = await ready(page, launch);
  await goTo(page, words.accounts);
  await page.getByRole("button", { name: words.connectPlatform("LinkedIn"), exact: true }).click();
  await page.waitForURL(`${fanfare.sandbox.url}/**`);
  await page.getByRole("button", { name: "Cancel" }).click();
  await arrived(page, "/accounts");
  await expect(page.getByRole("alert")).toContainText("LinkedIn was not connected.");
  await expect(page.getByRole("alert")).toContainText("You refused on its page.");
  await expect(accounts.row("LinkedIn")).toHaveCount(0);
});
