// Reached in a local network by plain http, where browsers keep no secure cookies and tell less about requests.
import { Composer } from "../setup/composer.ts";
import { DEMO } from "../setup/fanfare.ts";
import { arrived, goTo, open, signOut } from "../setup/frame.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const WARNING = "This connection is not encrypted.";

test("signing in over plain http works, and says that it isn't encrypted", async ({ page, fanfare, context }) => {
  await open(page, `${fanfare.plainUrl}/signin`);
  await expect(page.getByText(WARNING)).toBeVisible();
  await signIn(page, fanfare.plainUrl, words, DEMO);
  await expect(page.getByText(WARNING)).toBeVisible();

  const cookies = (await context.cookies(fanfare.plainUrl)).filter(({ name }) => name.includes("session"));
  expect(cookies).toMatchObject([{ name: "session", httpOnly: true, secure: false, sameSite: "Lax" }]);

  // What changes something arrives too, though the browser doesn't tell where such a request comes from.
  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.write("Written over plain http");
  await composer.saveDraft();
  await expect(new PostsPage(page, words).row("Written over plain http")).toBeVisible();

  await signOut(page, words);
  await expect(page.getByText(WARNING)).toBeVisible();
  await open(page, `${fanfare.plainUrl}/posts`);
  await arrived(page, "/signin");
});

test("on this machine itself there is nothing to warn of", async ({ page, fanfare, context }) => {
  await signIn(page, fanfare.url, words, DEMO);
  await expect(page.getByText(WARNING)).toBeHidden();
  const cookies = (await context.cookies(fanfare.url)).filter(({ name }) => name.includes("session"));
  expect(cookies).toMatchObject([{ name: "__Host-session", httpOnly: true, secure: true, sameSite: "Lax" }]);
});

test("another site can't act with the person's session", async ({ page, fanfare }) => {
  await signIn(page, fanfare.url, words, DEMO);
  const foreign: Record<string, string>[] = [{ "sec-fetch-site": "cross-site" }, { origin: "http://evil.example" }, { origin: "null" }];
  for (const headers of foreign) {
    const answer = await page.request.post(`${fanfare.url}/api/auth/sign_out`, { headers });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
  await open(page, `${fanfare.url}/posts`);
  await expect(page.getByRole("heading", { level: 1, name: words.posts })).toBeVisible();
});
