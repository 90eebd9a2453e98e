// The composer by hand: images dropped, pasted, ordered and described; the keyboard alone; what is open keeps the focus.
import type { Locator, Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open, openMenu, toast } from "../setup/frame.ts";
import { gradient } from "../setup/image.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

test.describe.configure({ mode: "parallel" });

/** Signed in at the list of posts, with `maya` of X connected. */
async function ready(page: Page, launch: (engine: "demo") => Promise<Fanfare>) {
  const fanfare = await launch("demo");
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.accounts);
  await new AccountsPage(page, fanfare, words).connect("x", "maya");
  await goTo(page, words.posts);
  return { fanfare, composer: new Composer(page, words), posts: new PostsPage(page, words) };
}

interface File {
  name: string;
  type: string;
  bytes: Buffer;
}

const image = (name: string, tint: number): File => ({ name, type: "image/png", bytes: gradient(300, 300, tint) });

/** Hands files to `target` the way the browser does when they are dropped or pasted. */
async function give(target: Locator, kind: "dragover" | "drop" | "paste", files: File[]): Promise<void> {
  const plain = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString("base64") }));
  await target.evaluate(
    (element, { kind, plain }) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of plain) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      const common = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        kind === "paste"
          ? new ClipboardEvent(kind, { ...common, clipboardData: data })
          : new DragEvent(kind, { ...common, dataTransfer: data }),
      );
    },
    { kind, plain },
  );
}

test("images are dropped, pasted, picked, ordered, described and removed", async ({ page, launch }) => {
  const { composer, posts } = await ready(page, launch);
  await composer.open();
  const { sheet } = composer;
  const tiles = sheet.locator(".media-item");
  const pictures = () => tiles.locator("img").evaluateAll((found) => found.map((img) => (img as HTMLImageElement).src));
  const text = sheet.getByRole("textbox", { name: words.text, exact: true });
  await composer.write("Three pictures");

  await test.step("dropped on the sheet", async () => {
    await give(sheet.locator(".sheet-preview"), "dragover", [image("one.png", 10)]);
    await expect(sheet.locator(".sheet-form"), "the sheet shows that it takes them").toHaveClass(/is-hovered/);
    await give(sheet.locator(".sheet-preview"), "drop", [image("one.png", 10)]);
    await expect(sheet.locator(".sheet-form")).not.toHaveClass(/is-hovered/);
    await expect(tiles.locator("img")).toHaveCount(1);
  });
  await test.step("pasted into the text", async () => {
    await give(text, "paste", [image("two.png", 120)]);
    await expect(tiles.locator("img")).toHaveCount(2);
    await expect(text).toHaveValue("Three pictures");
  });
  await test.step("picked, with one that is no image", async () => {
    const picker = page.waitForEvent("filechooser");
    await sheet.getByRole("button", { name: words.addImage }).click();
    await (await picker).setFiles([
      { name: "three.png", mimeType: "image/png", buffer: image("three.png", 230).bytes },
      { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("notes") },
    ]);
    await expect(tiles.locator("img")).toHaveCount(3);
    await expect(tiles.nth(3)).toContainText("notes.txt");
    await expect(tiles.nth(3).getByRole("alert")).toContainText("Only JPEG, PNG, WebP and GIF images.");
    await sheet.getByRole("button", { name: "Remove image 4" }).click();
    await expect(tiles).toHaveCount(3);
  });

  const [one, two, three] = await pictures();
  await test.step("ordered by drag", async () => {
    await tiles.nth(0).dragTo(tiles.nth(2));
    expect(await pictures()).toEqual([two, three, one]);
  });
  await test.step("ordered by keyboard, which keeps the focus", async () => {
    await sheet.getByRole("button", { name: "Move image 3 forward" }).focus();
    await page.keyboard.press("Enter");
    await expect(sheet.getByRole("button", { name: "Move image 2 forward" })).toBeFocused();
    await expect(sheet.getByText("Now image 2 of 3.")).toBeAttached();
    await page.keyboard.press("Enter");
    await expect(sheet.getByRole("button", { name: "Move image 1 forward" })).toBeFocused();
    // There is no place before the first; the key does nothing, and the focus stays.
    await page.keyboard.press("Enter");
    await expect(sheet.getByRole("button", { name: "Move image 1 forward" })).toBeFocused();
    expect(await pictures()).toEqual([one, two, three]);
  });
  await test.step("described", async () => {
    const missing = tiles.nth(1).getByRole("button", { name: words.noAlt });
    const dialog = page.getByRole("dialog", { name: words.describeImage });
    await missing.press("Enter");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(missing, "nothing was written").toBeFocused();
    await missing.press("Enter");
    await dialog.getByRole("textbox", { name: words.altText }).fill("A grey square");
    await dialog.getByRole("button", { name: words.save, exact: true }).press("Enter");
    await expect(tiles.nth(1).getByRole("button", { name: words.altText, exact: true })).toBeFocused();
    await expect(tiles.nth(1).locator("img")).toHaveAttribute("alt", "A grey square");
  });
  await test.step("removed, and the focus goes to the next", async () => {
    await sheet.getByRole("button", { name: "Remove image 3" }).press("Enter");
    await expect(sheet.getByRole("button", { name: "Remove image 2" })).toBeFocused();
    expect(await pictures()).toEqual([one, two]);
  });
  await test.step("kept with the draft", async () => {
    await sheet.getByRole("button", { name: "Move image 2 forward" }).press("Enter");
    await composer.saveDraft();
    await posts.openPost("Three pictures");
    await page.getByRole("main").getByRole("link", { name: "Edit" }).click();
    await expect(tiles.locator("img")).toHaveCount(2);
    expect(await pictures()).toEqual([two, one]);
    await expect(tiles.nth(0).locator("img")).toHaveAttribute("alt", "A grey square");
  });
});

test("an upload can be stopped", async ({ page, launch }) => {
  const { composer } = await ready(page, launch);
  await composer.open();
  const { sheet } = composer;
  // The server never answers.
  await page.route("**/api/media", () => {});
  const broken = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/media"));
  await give(sheet.locator(".sheet-edit"), "drop", [image("slow.png", 60)]);
  await expect(sheet.getByRole("progressbar", { name: "Uploading slow.png" })).toBeVisible();
  await expect(sheet.getByText("An image is still being uploaded.", { exact: true })).toBeVisible();
  await sheet.getByRole("button", { name: "Remove image 1" }).press("Enter");
  await broken;
  await expect(sheet.locator(".media-item")).toHaveCount(0);
  await expect(sheet.getByText("An image is still being uploaded.", { exact: true })).toBeHidden();
  await expect(sheet.getByRole("button", { name: words.addImage })).toBeFocused();
});

test("from the first key to the schedule without a mouse", async ({ page, launch }) => {
  const { composer, posts } = await ready(page, launch);
  const { sheet } = composer;
  const tabTo = async (stop: Locator, key: "Tab" | "Shift+Tab") => {
    for (let presses = 0; presses < 30; presses++) {
      if (await stop.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(key);
    }
    await expect(stop, `reached by ${key}`).toBeFocused();
  };
  await page.keyboard.press("c");
  await composer.isOpen();
  await expect(page).toHaveTitle("New post · Fanfare");
  await page.keyboard.type("By hand, without a mouse");
  await tabTo(composer.chip("x"), "Shift+Tab");
  await page.keyboard.press("Space");
  await expect(composer.chip("x")).toBeChecked();
  await composer.nothingInTheWay();
  await tabTo(sheet.getByLabel(words.dateAndTime), "Tab");
  await sheet.getByLabel(words.dateAndTime).fill(`${NEXT_YEAR}-01-02T09:30`);
  await tabTo(sheet.getByRole("button", { name: words.schedule, exact: true }), "Tab");
  await page.keyboard.press("Enter");
  await expect(toast(page, words.scheduledFor)).toBeVisible();
  await expect(sheet).toBeHidden();
  await expect(page).toHaveTitle("Posts · Fanfare");
  await expect(page.getByRole("main"), "where the focus was before").toBeFocused();
  await posts.shows("By hand", words.scheduled, 10_000);
});

test("what is open keeps the focus, and gives it back on Escape", async ({ page, launch }) => {
  const { composer, posts } = await ready(page, launch);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("Something scheduled");
  await composer.schedule(`${NEXT_YEAR}-03-04T10:00`);

  /** Tabs around in `dialog`; the focus may pass through the browser's own bar, but not to the page below. */
  const staysIn = async (dialog: Locator) => {
    await expect(dialog).toBeVisible();
    for (let presses = 0; presses < 14; presses++) {
      await page.keyboard.press("Tab");
      const outside = await dialog.evaluate((element) => {
        const active = document.activeElement;
        return active !== document.body && !element.contains(active) ? active?.outerHTML : undefined;
      });
      expect(outside, "what has the focus below the dialog").toBeUndefined();
    }
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  };

  await test.step("a question", async () => {
    const menu = await openMenu(page, /Something scheduled/, posts.row("Something scheduled"));
    await menu.getByRole("button", { name: "Move…" }).press("Enter");
    await staysIn(page.getByRole("dialog", { name: "Move the post" }));
    await expect(posts.row("Something scheduled").getByRole("button").first()).toBeFocused();
  });
  await test.step("a menu", async () => {
    const button = posts.row("Something scheduled").getByRole("button").first();
    await button.press("Enter");
    await expect(page.locator(":popover-open")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.locator(":popover-open")).toBeHidden();
    await expect(button).toBeFocused();
  });
  await test.step("the list of keys", async () => {
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("?");
    await staysIn(page.getByRole("dialog", { name: "Keyboard shortcuts" }));
  });
  await test.step("the composer, opened by its link", async () => {
    const link = page.getByRole("banner").getByRole("link", { name: words.compose });
    await link.press("Enter");
    await composer.isOpen();
    await staysIn(composer.sheet);
    await expect(page).toHaveURL(/\/posts$/);
    await expect(link).toBeFocused();
  });
  await test.step("the composer, opened by a menu, and its own question", async () => {
    const menu = await openMenu(page, /Something scheduled/, posts.row("Something scheduled"));
    await menu.getByRole("link", { name: "Edit" }).press("Enter");
    await composer.isOpen();
    await expect(page).toHaveTitle("Edit post · Fanfare");
    const publish = composer.sheet.getByRole("button", { name: words.publishNow, exact: true });
    await publish.press("Enter");
    await staysIn(page.getByRole("dialog", { name: words.publishNowQuestion }));
    await expect(publish).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(composer.sheet).toBeHidden();
    await expect(posts.row("Something scheduled").getByRole("button").first()).toBeFocused();
  });
});

test("the way back from a scheduled post asks before changes are lost", async ({ page, launch }) => {
  const { composer, posts } = await ready(page, launch);
  await composer.open();
  await composer.choose(["x"]);
  await composer.write("As it was scheduled");
  await composer.schedule(`${NEXT_YEAR}-03-04T10:00`);
  const { sheet } = composer;
  const text = sheet.getByRole("textbox", { name: words.text, exact: true });
  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  const edit = async () => {
    const menu = await openMenu(page, /As it was scheduled/, posts.row("As it was scheduled"));
    await menu.getByRole("link", { name: "Edit" }).click();
    await composer.isOpen();
  };

  await test.step("nothing changed: nothing is asked", async () => {
    await edit();
    await page.goBack();
    await expect(sheet).toBeHidden();
    await expect(page).toHaveURL(/\/posts$/);
  });
  await test.step("stay", async () => {
    await edit();
    await composer.write("As it was scheduled, but changed");
    await page.goBack();
    await expect(question).toBeVisible();
    await expect(page).toHaveURL(/\/edit$/);
    await question.getByRole("button", { name: "Keep writing" }).click();
    await expect(question).toBeHidden();
    await expect(text).toHaveValue("As it was scheduled, but changed");
  });
  await test.step("leave", async () => {
    await page.goBack();
    await question.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(sheet).toBeHidden();
    await expect(page).toHaveURL(/\/posts$/);
    await expect(posts.row("As it was scheduled")).not.toContainText("changed");
  });
  await test.step("a draft keeps what was written", async () => {
    await composer.open();
    await composer.write("A thought on the way out");
    await page.goBack();
    await expect(sheet).toBeHidden();
    await expect(async () => {
      await open(page, page.url());
      await expect(posts.row("A thought on the way out")).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 15_000 });
  });
});

test("a post that is out elsewhere says how to change what was refused", async ({ page, launch }) => {
  const { fanfare, composer, posts } = await ready(page, launch);
  await goTo(page, words.accounts);
  await new AccountsPage(page, fanfare, words).connect("linkedin", "theo");
  await goTo(page, words.posts);
  for (const platforms of [["x"], ["x", "linkedin"]] as const) {
    await composer.open();
    await composer.choose([...platforms]);
    await composer.write("Twice the same words");
    await composer.publishNow();
    const state = platforms.length === 1 ? words.published : "Failed";
    await expect(posts.row("Twice the same words").filter({ hasText: state })).toBeVisible({ timeout: 30_000 });
  }
  const advice = "It went to other accounts already, so its text and images stay as they are. Duplicate it";
  await expect(page.locator(".notice-row")).toContainText(`X, @maya: It was not sent.`);
  await expect(page.locator(".notice-row")).toContainText(advice);
  await posts.row("Twice the same words").filter({ hasText: "Failed" }).getByRole("link", { name: "Twice the same words" }).click();
  await expect(posts.target("x")).toContainText(advice);
  await expect(page.getByRole("main").getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("button", { name: "Duplicate" })).toBeVisible();
});

test.describe("an answer that gets lost", () => {
  // What the browser says about it.
  test.use({ expectedInConsole: /net::ERR_FAILED/ });

  test("publishing again leaves one post", async ({ page, launch }) => {
    const { fanfare, composer, posts } = await ready(page, launch);
    await goTo(page, words.accounts);
    // Unlike X, Bluesky takes the same words twice.
    await new AccountsPage(page, fanfare, words).connectSandboxBluesky("ines.sandbox.test");
    await goTo(page, words.posts);
    await composer.open();
    // The sheet saves a draft 1.5 s after the last key, which must not come before the button.
    await page.evaluate(() => {
      const later = window.setTimeout.bind(window);
      window.setTimeout = ((run: TimerHandler, wait?: number) => (wait === 1500 ? 0 : later(run, wait))) as typeof setTimeout;
    });
    await composer.choose(["bluesky"]);
    await composer.write("Once is enough");
    await composer.nothingInTheWay();
    const answers: number[] = [];
    await page.route(
      "**/api/posts/save",
      async (route) => {
        const answer = await route.fetch();
        answers.push(answer.status());
        await route.abort();
      },
      { times: 1 },
    );
    const { sheet } = composer;
    await sheet.getByRole("button", { name: words.publishNow, exact: true }).click();
    const question = page.getByRole("dialog", { name: words.publishNowQuestion });
    await question.getByRole("button", { name: words.publishNow, exact: true }).click();
    await expect(sheet.getByRole("alert")).toContainText("The server can’t be reached.");
    expect(answers, "the server did it").toEqual([200]);
    await expect.poll(() => fanfare.sandbox.posts("bluesky")).toHaveLength(1);

    await composer.publishNow();
    await posts.shows("Once is enough", words.published, 20_000);
    await expect(posts.row("Once is enough")).toHaveCount(1);
    expect(await fanfare.sandbox.posts("bluesky")).toMatchObject([{ text: "Once is enough", attempts: 1 }]);
  });
});
