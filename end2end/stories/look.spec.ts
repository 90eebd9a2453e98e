// What opens over the pages can be used by everybody, and all of it by keyboard alone.
import type { Locator } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { expectAccessible } from "../setup/axe.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO } from "../setup/fanfare.ts";
import { goTo, hydrated, open, openMenu } from "../setup/frame.ts";
import { gradient } from "../setup/image.ts";
import { fillSignIn, signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { LONG, WORDS } from "../setup/words.ts";

const words = WORDS.en;

test.describe.configure({ mode: "parallel" });

test.describe("what opens over the pages, and what is refused on them", () => {
  // The browser notes each answer that refuses.
  test.use({ locale: "fr-FR", expectedInConsole: /status of 422/ });

  test("can be used by everybody, in French", async ({ page, launch }) => {
    const french = WORDS.fr;
    const fanfare = await launch("demo");
    const accounts = new AccountsPage(page, fanfare, french);
    const composer = new Composer(page, french);
    const posts = new PostsPage(page, french);
    const scan = (where: string) => expectAccessible(page, where);
    const close = async (what: Locator) => {
      await page.keyboard.press("Escape");
      await expect(what).toBeHidden();
    };

    await open(page, `${fanfare.url}/signin`);
    await fillSignIn(page, french, { email: DEMO.email, password: "not the password" });
    await expect(page.getByText(french.wrongCredentials).first()).toBeVisible();
    await scan("sign-in, refused");

    await signIn(page, fanfare.url, french, DEMO, "/accounts");
    await accounts.connect("x", "maya");
    await scan("accounts, after a success");
    await accounts.chooseFacebookPages("maya");
    await scan("the choice among Pages");
    await open(page, `${fanfare.url}/accounts?platform=x&problem=missing_scopes&missing=tweet.write`);
    await expect(page.getByRole("alert")).toContainText(french.missingPermissions("tweet.write"));
    await accounts.fillBluesky("http://169.254.169.254", "maya.bsky.social", "abcd-efgh-ijkl-mnop");
    await expect(accounts.blueskyForm()).toContainText(french.privateAddress);
    await scan("accounts, after two refusals");
    const accountMenu = await openMenu(page, /^Actions .*@maya/);
    await scan("an account's menu");
    await accountMenu.getByRole("button", { name: french.disconnect }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await scan("the question before an account is disconnected");
    await close(page.getByRole("dialog"));

    await goTo(page, french.posts);
    await composer.open();
    await composer.choose(["x"]);
    await composer.write(LONG);
    await composer.pickFile("bread.png", "image/png", gradient(900, 1100, 40));
    const alt = await composer.askForAlt();
    await expect(alt).toBeVisible();
    await scan("an image's description");
    await close(alt);
    await composer.pickFile("notes.txt", "text/plain", Buffer.from("notes"));
    await expect(composer.sheet.getByRole("alert")).toContainText(french.onlyImages);
    await scan("the composer with an account, an image and faults");
    await composer.saveDraft();

    await composer.open();
    await composer.choose(["x"]);
    await composer.write("Plus tard");
    await composer.schedule(`${new Date().getUTCFullYear() + 1}-01-05T09:30`);
    const menu = await openMenu(page, /Plus tard/, posts.row("Plus tard"));
    await scan("a post's menu");
    await menu.getByRole("button", { name: french.move }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await scan("the question for a time");
    await close(page.getByRole("dialog"));
    await openMenu(page, /Plus tard/, posts.row("Plus tard"));
    await menu.getByRole("button", { name: french.delete }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await scan("the question before a post is deleted");
    await close(page.getByRole("dialog"));
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await scan("the list of keys");
  });
});

test("by keyboard alone", async ({ page, launch }) => {
  const fanfare = await launch("demo");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = page.locator(":focus");

  await open(page, `${fanfare.url}/signin`);
  await page.getByLabel(words.email).focus();
  await page.keyboard.type(DEMO.email);
  await press("Tab");
  await expect(page.getByLabel(words.password)).toBeFocused();
  await page.keyboard.type(DEMO.password);
  await press("Enter");
  await page.waitForURL(`${fanfare.url}/`);
  await hydrated(page);

  // The first stop is the way past the navigation.
  await press("Tab");
  await expect(focused).toHaveText("Skip to content");
  await press("Enter");
  await expect(page).toHaveURL(/#main$/);

  await test.step("places by two letters", async () => {
    await press("g", "p");
    await expect(page.getByRole("heading", { level: 1, name: words.posts })).toBeVisible();
    await press("g", "t");
    await expect(page.getByRole("heading", { level: 1, name: "Team" })).toBeVisible();
    await press("g", "p");
    await expect(page.getByRole("heading", { level: 1, name: words.posts })).toBeVisible();
  });

  await test.step("the list of keys", async () => {
    await press("?");
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(keys).toBeVisible();
    await press("Escape");
    await expect(keys).toBeHidden();
  });

  await test.step("a post", async () => {
    await press("c");
    await expect(page).toHaveURL(/\/compose$/);
    const composer = new Composer(page, words);
    await composer.isOpen();
    // Letters are letters here.
    await page.keyboard.type("cg? by keyboard");
    await expect(composer.sheet.getByRole("textbox", { name: words.text, exact: true })).toHaveValue("cg? by keyboard");
    const stops: string[] = [];
    // A date-time field has a stop for each of its parts.
    for (let i = 0; i < 30; i++) {
      await press("Tab");
      const stop = await composer.sheet.evaluate((sheet) => {
        const at = document.activeElement;
        if (!at || !sheet.contains(at)) return undefined;
        return at.getAttribute("aria-label") || at.textContent?.trim() || at.getAttribute("name") || "";
      });
      // Behind the last one the focus leaves the page.
      if (stop === undefined) break;
      stops.push(stop);
    }
    expect(stops, "the order of stops").toEqual(
      expect.arrayContaining([words.addImage, words.saveDraft, "local", words.publishNow, words.schedule]),
    );
    const order = [words.addImage, words.saveDraft, "local", words.publishNow, words.schedule].map((stop) => stops.indexOf(stop));
    expect(order, `stops in the order of the sheet: ${stops.join(", ")}`).toEqual([...order].sort((a, b) => a - b));

    await press("Escape");
    await expect(composer.sheet).toBeHidden();
    await expect(page).toHaveURL(/\/posts$/);
    await expect(new PostsPage(page, words).row("cg? by keyboard"), "Escape keeps what was written").toBeVisible();
  });
});
