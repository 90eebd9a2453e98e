// The demo as a visitor finds it: two ways in, full pages, and posts that can be seen where they went.
import { join } from "node:path";
import { expectAccessible } from "../setup/axe.ts";
import { arrived, goTo, open, signOut } from "../setup/frame.ts";
import { root } from "../setup/process.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const CAMILLE = /Walk in as Camille Roy/;
const LEA = /Walk in as Léa Fontaine/;

test("whoever tries the demo finds three teams at work", async ({ page, launch, visitor }) => {
  const fanfare = await launch("demo", {}, "normal");
  const screen = (name: string) => join(root, "end2end/test-results/screens", `${name}.png`);

  await test.step("the sign-in page shows two ways in", async () => {
    await open(page, `${fanfare.url}/signin`);
    await expect(page.getByRole("heading", { name: "This is the demo" })).toBeVisible();
    await expect(page.getByText("lea@example.com · Editor")).toBeVisible();
    await expectAccessible(page, "the two ways into the demo");
    await page.screenshot({ path: screen("demo-signin-1280-light"), fullPage: true });
  });

  await test.step("Léa writes for the bakery", async () => {
    await page.getByRole("button", { name: LEA }).click();
    await arrived(page, "/");
    await expect(page.getByRole("heading", { name: "Needs you" })).toBeVisible();
    await goTo(page, words.posts);
    await expect(page.getByRole("row").nth(15)).toBeVisible();
    await expect(page.getByRole("link", { name: words.compose }).first(), "an editor may write").toBeVisible();
    await signOut(page, words);
  });

  await test.step("Camille owns all three workspaces", async () => {
    await open(page, `${fanfare.url}/signin`);
    await page.getByRole("button", { name: CAMILLE }).click();
    await arrived(page, "/");
    await expect(page.getByRole("heading", { name: "Coming up" })).toBeVisible();
    await expect(page.getByText("LinkedIn Camille Roy").first()).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 900 });
    for (const [name, path] of [["home", "/"], ["posts", "/posts"], ["accounts", "/accounts"], ["attention", "/posts?tab=attention"]]) {
      await open(page, fanfare.url + path);
      await page.screenshot({ path: screen(`demo-${name}-1280-light`), fullPage: true, animations: "disabled" });
    }
  });

  await test.step("a post that is out can be seen at its platform", async () => {
    await open(page, `${fanfare.url}/posts?tab=published`);
    await page.getByRole("row").nth(4).getByRole("link").first().click();
    await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
    const link = page.getByRole("link", { name: /^See it on / }).first();
    const address = (await link.getAttribute("href")) ?? "";
    expect(address).toContain(fanfare.sandbox.url);
    const shown = page.context().waitForEvent("page");
    await link.click();
    const live = await shown;
    await expect(live.getByRole("note")).toContainText("nothing leaves this machine");
    await expect(live.getByRole("article")).toBeVisible();
    const pictures = await live.locator(".media img").evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
    expect(pictures.every((width) => width > 300)).toBe(true);
    await live.screenshot({ path: screen("demo-live") });
    await live.close();
  });

  await test.step("on a phone in the dark", async () => {
    const cookies = await page.context().cookies(fanfare.url);
    const phone = await visitor({ colorScheme: "dark", viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
    await phone.context().addCookies(cookies.filter(({ name }) => name.includes("session")));
    for (const [name, path] of [["home", "/"], ["posts", "/posts"]]) {
      await open(phone, fanfare.url + path);
      const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} is no wider than the phone`).toBeLessThanOrEqual(0);
      await phone.screenshot({ path: screen(`demo-${name}-390-dark`), fullPage: true, animations: "disabled" });
    }
  });
});
