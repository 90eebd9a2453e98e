// What somebody else's link, a half consent or a made-up server brings: a refusal in the person's words, and nothing more.
import { AccountsPage } from "../setup/accounts.ts";
import { DEMO } from "../setup/fanfare.ts";
import { arrived, goTo, hydrated, open } from "../setup/frame.ts";
import { fillSignIn, signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

test.describe.configure({ mode: "parallel" });

for (const language of ["en", "fr"] as const) {
  const inLanguage = language === "fr" ? "in French" : "in English";
  const words = WORDS[language];

  test.describe(() => {
    // The browser notes each answer that refuses.
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB", expectedInConsole: /status of 422/ });

    test(`connecting an account is refused in words, ${inLanguage}`, async ({ page, launch }) => {
      const fanfare = await launch("demo");
      await signIn(page, fanfare.url, words, DEMO);
      await goTo(page, words.accounts);
      const accounts = new AccountsPage(page, fanfare, words);
      const alert = page.getByRole("alert");

      await test.step("without the permission to publish", async () => {
        await accounts.toConsent("x");
        await accounts.consent("maya", "tweet.write");
        await arrived(page, "/accounts");
        await expect(alert).toContainText(words.wasNotConnected("X"));
        await expect(alert).toContainText(words.missingPermissions("tweet.write"));
        await expect(accounts.row("X, @maya")).toHaveCount(0);
      });

      await test.step("by an answer that was used before", async () => {
        const answer = page.waitForRequest((request) => request.url().startsWith(`${fanfare.url}/oauth/x/callback?`));
        await accounts.connect("x", "maya");
        const address = (await answer).url();
        for (const again of [address, address.replace(/state=[^&]*/, "state=made-up")]) {
          await open(page, again);
          await expect(page).toHaveURL(/\/accounts\?/);
          await expect(alert).toContainText(words.wasNotConnected("X"));
          await expect(alert).toContainText(words.notStartedHere);
        }
        await expect(accounts.row("X, @maya")).toHaveCount(1);
        await expect(accounts.row("X, @maya").getByText(words.active, { exact: true })).toBeVisible();
      });

      await test.step("on a server inside a private network", async () => {
        await accounts.fillBluesky("http://169.254.169.254", "maya.bsky.social", "abcd-efgh-ijkl-mnop");
        const server = accounts.blueskyForm().getByLabel(words.server, { exact: true });
        await expect(server).toHaveAccessibleDescription(new RegExp(words.privateAddress));
        await expect(server).toHaveAttribute("aria-invalid", "true");
        await expect(accounts.row("Bluesky")).toHaveCount(0);
      });
    });

    test(`signing in leads nowhere else, ${inLanguage}`, async ({ page, fanfare }) => {
      const foreign: string[] = [];
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== fanfare.url) foreign.push(request.url());
      });
      const elsewhere = ["//evil.example", "/\\evil.example", "https://evil.example/", "/.//evil.example"];
      const address = (next: string) => `${fanfare.url}/signin?next=${encodeURIComponent(next)}`;

      await page.goto(`${fanfare.url}/signin?next=//evil.example`);
      await hydrated(page);
      await fillSignIn(page, words, DEMO);
      await arrived(page, "/");
      expect(page.url()).toBe(`${fanfare.url}/`);
      await expect(page.getByRole("heading", { level: 1, name: words.home })).toBeVisible();
      // Whoever is signed in is sent on at once.
      for (const next of elsewhere) {
        await page.goto(address(next));
        expect(page.url(), next).toBe(`${fanfare.url}/`);
      }
      await open(page, address("/posts?tab=drafts"));
      expect(page.url()).toBe(`${fanfare.url}/posts?tab=drafts`);
      expect(foreign, "requests to other sites").toEqual([]);
    });
  });
}
