// Versions of a post for its platforms, parts of images, what was written earlier, and what a post comes close to.
import type { Locator, Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { expectAccessible } from "../setup/axe.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Engine, type Fanfare } from "../setup/fanfare.ts";
import { arrived, goTo, open, openMenu, toast } from "../setup/frame.ts";
import { gradient, inspect } from "../setup/image.ts";
import { setUp, signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import type { Platform } from "../setup/sandbox.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS, type Language } from "../setup/words.ts";

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

test.describe.configure({ mode: "parallel" });

type Launch = (engine: Engine, settings?: Record<string, string>, fill?: string) => Promise<Fanfare>;

/** Signed in at the list of posts, with `maya` of X and `ines` of the sandbox's Bluesky connected. */
async function ready(page: Page, launch: Launch, language: Language, engine: Engine = "demo") {
  const words = WORDS[language];
  const fanfare = await launch(engine);
  if (engine === "demo") {
    await signIn(page, fanfare.url, words, DEMO);
  } else {
    const owner = { name: "Odile Müller", email: "odile@example.com", password: "brioche et beurre" };
    await setUp(page, fanfare, words, { ...owner, workspace: "Boulangerie", zone: "Europe/Paris" });
  }
  await goTo(page, words.accounts);
  const accounts = new AccountsPage(page, fanfare, words);
  await accounts.connect("x", "maya");
  await accounts.connectSandboxBluesky("ines.sandbox.test");
  await goTo(page, words.posts);
  return { words, fanfare, composer: new Composer(page, words), posts: new PostsPage(page, words) };
}

/** The images of the only post on a platform, in their order: description and size. */
async function images(fanfare: Fanfare, platform: Platform) {
  const [post, ...others] = await fanfare.sandbox.posts(platform);
  expect(others, `posts on ${platform}`).toEqual([]);
  return Promise.all(
    post.media.map(async ({ alt, sha256 }) => {
      const { width, height } = inspect(await fanfare.sandbox.blob(sha256)) ?? {};
      return { alt, width, height };
    }),
  );
}

/** Leaves the page, which asks the server for news, before that is stopped. */
const rest = (page: Page) => page.goto("about:blank");

/** What is written and chosen in the tab that is open. */
const shownPanel = (sheet: Locator) => sheet.locator("[role=tabpanel]:visible");

for (const [language, engine] of [["en", "demo"], ["fr", "postgres"]] as const) {
  test.describe(() => {
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB" });

    test(`each platform gets its own words and images, in ${language} on ${engine}`, async ({ page, launch }) => {
      const { words, fanfare, composer, posts } = await ready(page, launch, language, engine);
      const { sheet } = composer;
      const preview = (platform: Platform) => sheet.locator(`article[data-platform=${platform}]`);
      await composer.open();
      await composer.choose(["x", "bluesky"]);
      await composer.write("Soap for everyone");
      await composer.addImage({ file: gradient(900, 600, 80), name: "wide.png", alt: "Wide" });
      await composer.addImage({ file: gradient(800, 800, 160), name: "square.png", alt: "Square" });

      await test.step("a version for X", async () => {
        await sheet.getByRole("group", { name: words.customise }).getByRole("button", { name: words.customiseFor("X") }).click();
        const text = sheet.getByRole("textbox", { name: words.textFor("X") });
        await expect(text, "it begins as what all get").toHaveValue("Soap for everyone");
        await expect(text).toBeFocused();
        await text.fill("Only X reads this");
        await expect(preview("x")).toContainText("Only X reads this");
        await expect(preview("bluesky")).toContainText("Soap for everyone");
      });
      await test.step("with images of its own: one of the two, and only a part of it", async () => {
        const panel = shownPanel(sheet);
        await panel.getByRole("button", { name: words.chooseImages }).click();
        await expect(panel.locator(".media-item")).toHaveCount(2);
        await panel.getByRole("button", { name: words.removeImage(2) }).press("Enter");
        await expect(panel.getByRole("button", { name: words.addBack(2) })).toBeVisible();
        await panel.getByRole("button", { name: words.cropImage(1) }).press("Enter");
        const crop = page.getByRole("dialog", { name: words.cropTitle });
        await expect(crop.getByRole("button", { name: words.cropFrame })).toBeFocused();
        await crop.getByRole("button", { name: "1:1", exact: true }).click();
        await expect(crop.getByRole("status")).toHaveText(words.pixels("600", "600"));
        await crop.getByRole("button", { name: words.cropFrame }).press("Shift+ArrowLeft");
        await expectAccessible(page, `the crop, ${language}`);
        await crop.getByRole("button", { name: words.cropAct, exact: true }).click();
        await expect(crop).toBeHidden();
        await expect(panel.locator(".media-item svg.part")).toBeVisible();
        await expect(preview("x").locator(".pic")).toHaveCount(1);
        await expect(preview("bluesky").locator(".pic")).toHaveCount(2);
      });
      await test.step("another order for the rest, by keyboard", async () => {
        await sheet.getByRole("tab", { selected: true }).press("ArrowLeft");
        await expect(sheet.getByRole("tab", { name: words.tabAll })).toHaveAttribute("aria-selected", "true");
        await shownPanel(sheet).getByRole("button", { name: words.forward(2) }).press("Enter");
        await expect(shownPanel(sheet).getByRole("button", { name: words.forward(1) })).toBeFocused();
        await composer.nothingInTheWay();
        await expectAccessible(page, `the composer with versions, ${language}`);
      });
      await test.step("kept with the draft", async () => {
        await composer.saveDraft();
        await posts.openPost("Soap for everyone");
        await page.getByRole("main").getByRole("link", { name: words.edit, exact: true }).click();
        await composer.isOpen();
        await sheet.getByRole("tab", { name: /^X/ }).click();
        await expect(sheet.getByRole("textbox", { name: words.textFor("X") })).toHaveValue("Only X reads this");
        await expect(shownPanel(sheet).locator(".media-item svg.part")).toHaveCount(1);
      });
      await test.step("and each platform gets its own", async () => {
        await composer.publishNow();
        await expect.poll(() => fanfare.sandbox.posts("x"), { timeout: 30_000 }).toMatchObject([{ text: "Only X reads this" }]);
        await expect.poll(() => fanfare.sandbox.posts("bluesky"), { timeout: 30_000 }).toMatchObject([{ text: "Soap for everyone" }]);
        expect(await images(fanfare, "x")).toEqual([{ alt: "Wide", width: 600, height: 600 }]);
        expect(await images(fanfare, "bluesky")).toEqual([
          { alt: "Square", width: 800, height: 800 },
          { alt: "Wide", width: 900, height: 600 },
        ]);
        await rest(page);
      });
    });

    test(`what comes close to other posts is told, in ${language} on ${engine}`, async ({ page, launch }) => {
      const { words, composer, posts } = await ready(page, launch, language, engine);
      const { sheet } = composer;
      const compose = async (text: string, time: string) => {
        await composer.open();
        await composer.choose(["x"]);
        await composer.write(text);
        await sheet.getByLabel(words.dateAndTime).fill(`${NEXT_YEAR}-03-02T${time}`);
      };
      await compose("Fresh bread at seven", "10:00");
      await composer.nothingInTheWay();
      await composer.schedule(`${NEXT_YEAR}-03-02T10:00`);

      const checks = sheet.locator("#checks");
      await test.step("the same words", async () => {
        await compose("fresh BREAD at seven", "18:00");
        await expect(checks.getByRole("listitem").filter({ hasText: words.sameText("X @maya") })).toBeVisible();
        await expect(sheet.locator(".foot-note"), "above the button that schedules").toContainText(words.sameText("X @maya"));
        const link = checks.getByRole("link", { name: words.openOther });
        await expect(link).toHaveAttribute("href", /^\/posts\/[0-9a-f-]{36}$/);
        await composer.schedule(`${NEXT_YEAR}-03-02T18:00`);
        await posts.shows("fresh BREAD", words.scheduled, 10_000);
      });
      await test.step("about the same time", async () => {
        await compose("Something else", "10:14");
        await expect(checks.getByRole("listitem").filter({ hasText: words.sameTime("X @maya") })).toContainText("Fresh bread at seven");
        await sheet.getByLabel(words.dateAndTime).fill(`${NEXT_YEAR}-03-02T10:16`);
        await composer.nothingInTheWay();
        await composer.schedule(`${NEXT_YEAR}-03-02T10:15`);
        await posts.shows("Something else", words.scheduled, 10_000);
      });
    });

    test(`an earlier version comes back, in ${language}`, async ({ page, launch }) => {
      const words = WORDS[language];
      const fanfare = await launch("demo", {}, "normal");
      await open(page, `${fanfare.url}/signin`);
      await page.getByRole("button", { name: /Camille Roy/ }).click();
      await arrived(page, "/");
      await open(page, `${fanfare.url}/posts?tab=scheduled`);
      // Somebody wrote it long ago, so that the next change is a revision of its own.
      // The last of the page, so that it doesn't go out meanwhile.
      await page.locator(".post-cell").last().click();
      await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
      const address = page.url();
      const composer = new Composer(page, words);
      const text = composer.sheet.getByRole("textbox", { name: words.text, exact: true });

      await page.getByRole("main").getByRole("link", { name: words.edit, exact: true }).click();
      await composer.isOpen();
      expect(page.url(), "the sheet has its own address").toMatch(/\/edit$/);
      const before = await text.inputValue();
      await text.fill(`Brand-new ${before}`);
      await composer.sheet.getByRole("button", { name: words.saveChanges, exact: true }).click();
      await expect(composer.sheet).toBeHidden();
      await expect(page, "back to the page below").toHaveURL(address);
      await expect(page.locator("#post-title")).toContainText("Brand-new");

      await page.getByRole("link", { name: words.history, exact: true }).click();
      await expect(page.getByRole("heading", { level: 1, name: words.history })).toBeVisible();
      const revisions = page.locator(".revisions > li");
      await expect(revisions).toHaveCount(2);
      await expect(revisions.first().locator("ins")).toContainText("Brand-new");
      await expectAccessible(page, `the history, ${language}`);
      await page.getByRole("button", { name: words.restore }).click();
      await expect(toast(page, words.restored)).toBeVisible();
      await expect(revisions).toHaveCount(3);
      await expect(revisions.first().locator("del")).toContainText("Brand-new");

      await open(page, address);
      const menu = async () => {
        await page.getByRole("main").getByRole("link", { name: words.edit, exact: true }).click();
        await composer.isOpen();
        return openMenu(page, words.historyAndCopy, composer.sheet);
      };
      await (await menu()).getByRole("button", { name: words.history }).click();
      await expect(page).toHaveURL(/\/history$/);
      await expect(composer.sheet, "the sheet is gone with its page").toBeHidden();
      await page.goBack();
      await page.goBack();
      await expect(page).toHaveURL(address);
      await (await menu()).getByRole("button", { name: words.duplicate }).click();
      await expect(page, "the copy has an address of its own").not.toHaveURL(`${address}/edit`);
      await expect(composer.sheet.getByText(words.editPost)).toBeVisible();
      await expect(page).toHaveURL(/\/edit$/);
      await expect(text).toHaveValue(before);
      await page.keyboard.press("Escape");
      await expect(page, "a copy is opened in the place of what it was copied from").toHaveURL(address);

      let answer = () => {};
      await page.route("**/api/posts/duplicate", async (route) => {
        await new Promise<void>((resolve) => (answer = resolve));
        await route.continue();
      });
      await (await menu()).getByRole("button", { name: words.duplicate }).click();
      await page.keyboard.press("Escape");
      await expect(composer.sheet).toBeHidden();
      answer();
      await expect(toast(page, words.duplicated)).toBeVisible();
      await expect(page, "who has closed the sheet meanwhile stays there").toHaveURL(address);
      await rest(page);
    });
  });
}

const words = WORDS.en;

test("a version is given up, after a question where something is lost", async ({ page, launch }) => {
  const { composer } = await ready(page, launch, "en");
  const { sheet } = composer;
  await composer.open();
  await composer.choose(["x", "bluesky"]);
  await composer.write("For all");
  const tabX = sheet.getByRole("tab", { name: /^X/ });
  const own = sheet.getByRole("textbox", { name: words.textFor("X") });

  // From its preview.
  await sheet.locator(".sheet-preview").getByRole("button", { name: words.customiseFor("X") }).click();
  await expect(own).toBeFocused();
  await sheet.getByRole("button", { name: words.useCommon }).click();
  await expect(tabX, "nothing differed").toHaveCount(0);

  await sheet.locator(".sheet-preview").getByRole("button", { name: words.customiseFor("X") }).click();
  await own.fill("x".repeat(300));
  await expect(tabX.getByRole("img", { name: "something to settle" })).toBeVisible();
  await expect(sheet.locator(".counter[data-level=over]:visible")).toHaveCount(1);
  await sheet.getByRole("tab", { name: words.tabAll }).click();
  await expect(sheet.getByRole("textbox", { name: words.text, exact: true }), "the fault is not here").not.toHaveAttribute("aria-invalid", "true");
  await sheet.getByRole("button", { name: /^Show: X: 20 characters too many/ }).click();
  await expect(own, "the point leads to its tab").toBeFocused();

  await sheet.getByRole("button", { name: words.useCommon }).click();
  const question = page.getByRole("dialog", { name: "Give up the version for X?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(own).toHaveValue("x".repeat(300));
  await sheet.getByRole("button", { name: words.useCommon }).click();
  await question.getByRole("button", { name: words.useCommon }).click();
  await expect(tabX).toHaveCount(0);
  await composer.nothingInTheWay();
});

test("an image is cropped by mouse, by the ratio that a platform takes, and shown whole again", async ({ page, launch }) => {
  const { fanfare, composer } = await ready(page, launch, "en");
  await goTo(page, words.accounts);
  await new AccountsPage(page, fanfare, words).connect("instagram", "lindqvist.coffee");
  await composer.open();
  const { sheet } = composer;
  await composer.choose(["instagram"]);
  await composer.write("Tall");
  await composer.addImage({ file: gradient(400, 1000, 90), name: "tall.png", alt: "A tower" });
  const crop = page.getByRole("dialog", { name: words.cropTitle });
  const bars = sheet.getByText(/image 1 has unusual proportions/).first();

  await test.step("the point about bars leads to the crop", async () => {
    await expect(bars).toBeVisible();
    await sheet.getByRole("button", { name: /^Crop: Instagram: image 1/ }).click();
    await expect(crop.getByRole("status")).toHaveText(words.pixels("400", "500"));
    await expect(crop.getByRole("button", { name: "4:5" })).toHaveAttribute("aria-pressed", "true");
    await crop.getByRole("button", { name: words.cropAct, exact: true }).click();
    await expect(bars).toBeHidden();
    await composer.nothingInTheWay();
  });
  await test.step("by mouse", async () => {
    await sheet.getByRole("button", { name: words.cropImage(1) }).click();
    await crop.getByRole("button", { name: "Free" }).click();
    const corner = await crop.getByRole("button", { name: "Bottom right corner" }).boundingBox();
    if (!corner) throw new Error("no corner");
    const { x, y } = { x: corner.x + corner.width / 2, y: corner.y + corner.height / 2 };
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y - 40, { steps: 4 });
    await page.mouse.up();
    const size = (await crop.getByRole("status").textContent()) ?? "";
    const [width, height] = size.match(/\d+/g)?.map(Number) ?? [];
    expect(width).toBeLessThan(400);
    expect(height).toBeLessThan(500);
    await page.keyboard.press("Escape");
    await expect(crop).toBeHidden();
    await expect(sheet, "Escape closes the topmost only").toBeVisible();
  });
  await test.step("whole again", async () => {
    await sheet.getByRole("button", { name: words.cropImage(1) }).click();
    await expect(crop.getByRole("status"), "what was left is left").toHaveText(words.pixels("400", "500"));
    await crop.getByRole("button", { name: "Whole image" }).click();
    await expect(bars).toBeVisible();
    await expect(sheet.locator("svg.part")).toHaveCount(0);
  });
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true });

  test("images are ordered by a long press", async ({ page, launch }) => {
    const { composer } = await ready(page, launch, "en");
    await composer.open();
    const { sheet } = composer;
    for (const [name, tint] of [["one", 20], ["two", 120], ["three", 220]] as const) {
      await composer.addImage({ file: gradient(300, 300, tint), name: `${name}.png`, alt: name });
    }
    const tiles = sheet.locator(".media-item");
    const order = () => tiles.locator("img").evaluateAll((found) => found.map((img) => img.getAttribute("alt")));
    const touch = await page.context().newCDPSession(page);
    const at = async (tile: Locator) => {
      const box = await tile.locator("img").boundingBox();
      if (!box) throw new Error("not shown");
      return [{ x: box.x + 50, y: box.y + 50 }];
    };
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: await at(tiles.nth(0)) });
    await expect(tiles.nth(0)).toHaveClass(/is-dragged/);
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: await at(tiles.nth(2)) });
    await expect(tiles.nth(2)).toHaveClass(/is-below/);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect.poll(order).toEqual(["two", "three", "one"]);
  });
});

test("the sheet lies over the page one came from, and leaves it as it was", async ({ page, launch }) => {
  const fanfare = await launch("demo", {}, "normal");
  await open(page, `${fanfare.url}/signin`);
  await page.getByRole("button", { name: /Camille Roy/ }).click();
  await arrived(page, "/");
  await page.setViewportSize({ width: 1280, height: 620 });
  await open(page, `${fanfare.url}/calendar?platform=x`);
  const composer = new Composer(page, words);
  const heading = page.getByRole("heading", { level: 1, name: "Calendar", includeHidden: true });
  await page.evaluate(() => window.scrollTo(0, 300));
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(300);
  const chips = await page.locator(".month .chip").count();

  await test.step("opened and closed", async () => {
    await page.keyboard.press("c");
    await composer.isOpen();
    await expect(page).toHaveURL(`${fanfare.url}/compose`);
    await expect(page).toHaveTitle("New post · Fanfare");
    await expect(heading, "the calendar is below").toBeAttached();
    await page.keyboard.press("Escape");
    await expect(composer.sheet).toBeHidden();
    await expect(page).toHaveURL(`${fanfare.url}/calendar?platform=x`);
    await expect(page).toHaveTitle("Calendar · Fanfare");
    expect(await page.evaluate(() => window.scrollY)).toBe(300);
    expect(await page.locator(".month .chip").count()).toBe(chips);
  });
  await test.step("by the browser's ways", async () => {
    await page.goForward();
    await composer.isOpen();
    await page.goBack();
    await expect(composer.sheet).toBeHidden();
    expect(await page.evaluate(() => window.scrollY)).toBe(300);
  });
  await test.step("what was scheduled is on the page below at once", async () => {
    const day = page.locator("[data-date]").last();
    const date = (await day.getAttribute("data-date")) ?? "";
    await day.hover();
    await day.getByRole("link", { name: /^Compose/ }).click();
    await composer.isOpen();
    await expect(composer.sheet.getByLabel(words.dateAndTime)).toHaveValue(`${date}T09:00`);
    await composer.choose(["x"]).catch(async () => {
      // Several accounts of X: the first will do.
      await composer.sheet.getByRole("checkbox", { name: /^X / }).first().check({ force: true });
    });
    await composer.write("Straight from the calendar");
    await composer.schedule(`${date}T09:00`);
    await expect(page).toHaveURL(`${fanfare.url}/calendar?platform=x`);
    await expect(day).toContainText("Straight from");
  });
});
