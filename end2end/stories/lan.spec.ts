// Reached in a local network by plain http, where browsers keep no secure cookies and tell less about requests.
import { Composer } from "../setup/composer.ts";
import { DEMO } from "../setup/fanfare.ts";
import { arrived, goTo, open, signOut } from "../setup/frame.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB" });
    const words = WORDS[language];
    const text = `Written over plain http, ${language}`;
    const title = `works and is said to be unencrypted, in ${language === "fr" ? "French" : "English"}`;

    test(`signing in over plain http ${title}`, async ({ page, fanfare, context }) => {
      await open(page, `${fanfare.plainUrl}/signin`);
      await expect(page.getByText(words.notEncrypted)).toBeVisible();
      await signIn(page, fanfare.plainUrl, words, DEMO);
      await expect(page.getByText(words.notEncrypted)).toBeVisible();

      const cookies = (await context.cookies(fanfare.plainUrl)).filter(({ name }) => name.includes("session"));
      expect(cookies).toMatchObject([{ name: "session", httpOnly: true, secure: false, sameSite: "Lax" }]);

      // What changes something arrives too, though the browser doesn't tell where such a request comes from.
      await goTo(page, words.posts);
      const composer = new Composer(page, words);
      await composer.open();
      await composer.write(text);
      await composer.saveDraft();
      await expect(new PostsPage(page, words).row(text)).toBeVisible();

      await signOut(page, words);
      await expect(page.getByText(words.notEncrypted)).toBeVisible();
      await open(page, `${fanfare.plainUrl}/posts`);
      await arrived(page, "/signin");
    });
  });
}

test("on this machine itself there is nothing to warn of", async ({ page, fanfare, context }) => {
  await signIn(page, fanfare.url, WORDS.en, DEMO);
  await expect(page.getByText(WORDS.en.notEncrypted)).toBeHidden();
  const cookies = (await context.cookies(fanfare.url)).filter(({ name }) => name.includes("session"));
  expect(cookies).toMatchObject([{ name: "__Host-session", httpOnly: true, secure: true, sameSite: "Lax" }]);
});

test("another site can't act with the person's session", async ({ page, fanfare }) => {
  await signIn(page, fanfare.url, WORDS.en, DEMO);
  const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { origin: "http://evil.example" }, { origin: "null" }];
  for (const headers of foreign) {
    const answer = await page.request.post(`${fanfare.url}/api/auth/sign_out`, { headers });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
  await open(page, `${fanfare.url}/posts`);
  await expect(page.getByRole("heading", { level: 1, name: WORDS.en.posts })).toBeVisible();
});
