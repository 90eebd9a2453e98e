// Every page in both languages and both colour schemes, from a phone to a wide screen.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO, type Fanfare } from "../setup/fanfare.ts";
import { goTo, open } from "../setup/frame.ts";
import { gradient } from "../setup/image.ts";
import { signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { takeScreens, type Screen } from "../setup/screens.ts";
import { TeamPage } from "../setup/team.ts";
import { expect, test } from "../setup/test.ts";
import { LONG, WORDS } from "../setup/words.ts";

const words = WORDS.en;
const RIGHT_TO_LEFT = "صباح الخير من المخبز، خبز طازج كل يوم 🥖";

test.describe.configure({ mode: "parallel" });

interface Furnished {
  published: string;
  draft: string;
  reset: string;
  invitation: string;
}

/** A workspace with a bit of everything, made by the pages themselves. */
async function furnish(page: Page, fanfare: Fanfare): Promise<Furnished> {
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.accounts);
  const accounts = new AccountsPage(page, fanfare, words);
  await accounts.connect("x", "maya");
  await accounts.connect("linkedin", "theo");
  await accounts.connectSandboxBluesky("ines.sandbox.test");
  await goTo(page, words.posts);
  const posts = new PostsPage(page, words);
  const composer = new Composer(page, words);
  const address = async (text: string) => {
    await open(page, `${fanfare.url}/posts`);
    return (await posts.row(text).getByRole("link", { name: text }).first().getAttribute("href")) ?? "";
  };

  await composer.open();
  await composer.choose(["x", "linkedin"]);
  await composer.write(RIGHT_TO_LEFT);
  await composer.addImage({ file: gradient(900, 1100, 40), name: "bread.png", alt: "Bread" });
  await composer.publishNow();
  const published = await address("صباح الخير");

  await composer.open();
  await composer.choose(["x", "bluesky"]);
  await composer.write(LONG);
  await composer.saveDraft();
  const draft = await address("Donaudampfschifffahrts");

  await composer.open();
  await composer.choose(["linkedin"]);
  await composer.write("Later, in the new year");
  await composer.schedule(`${new Date().getUTCFullYear() + 1}-01-05T09:30`);

  // X refuses the same words twice.
  for (const state of [words.published, "Failed"]) {
    await open(page, `${fanfare.url}/posts`);
    await composer.open();
    await composer.choose(["x"]);
    await composer.write("Rolls, fresh from the oven");
    await composer.publishNow();
    await open(page, `${fanfare.url}/posts`);
    await expect(posts.row("Rolls, fresh").filter({ hasText: state })).toBeVisible({ timeout: 30_000 });
  }
  await posts.shows("صباح الخير", words.published, 30_000);

  await goTo(page, "Team");
  const invitation = new URL(await new TeamPage(page).invite("Editor")).pathname;
  const [reset] = (await fanfare.command("user", "reset", DEMO.email)).match(/\/reset\/\S+/) ?? [""];
  return { published, draft, reset, invitation };
}

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    // Pages that tell of something that isn't there are loaded as such.
    test.use({ expectedInConsole: /status of 404 .*\/nothing/ });

    test(`every page, light and dark, in ${language === "fr" ? "French" : "English"}`, async ({ page, launch, visitor }) => {
      test.setTimeout(420_000);
      const look = { locale: language === "fr" ? "fr-FR" : "en-GB", colorScheme: "light", reducedMotion: "reduce" } as const;
      const at = (fanfare: Fanfare, path: string) => (seen: Page) => open(seen, fanfare.url + path);

      const fresh = await launch("sqlite");
      const nobody = await visitor(look);
      await takeScreens(nobody, { name: "setup", show: at(fresh, "/setup") }, language);

      const fanfare = await launch("demo");
      await signIn(page, fanfare.url, words, DEMO);
      const cookies = await page.context().cookies(fanfare.url);
      const someone = await visitor(look);
      await someone.context().addCookies(cookies.filter(({ name }) => name.includes("session")));
      const empty: Screen[] = [
        { name: "home-empty", show: at(fanfare, "/") },
        { name: "posts-empty", show: at(fanfare, "/posts") },
        { name: "accounts-empty", show: at(fanfare, "/accounts") },
        { name: "analytics-empty", show: at(fanfare, "/analytics") },
        { name: "compose-empty", show: at(fanfare, "/compose") },
      ];
      for (const screen of empty) await takeScreens(someone, screen, language);

      await page.context().clearCookies();
      const { published, draft, reset, invitation } = await furnish(page, fanfare);
      for (const screen of [
        { name: "signin", show: at(fanfare, "/signin") },
        { name: "invite", show: at(fanfare, invitation) },
        { name: "invite-gone", show: at(fanfare, "/invite/nothing") },
        { name: "reset", show: at(fanfare, reset) },
        { name: "reset-gone", show: at(fanfare, "/reset/nothing") },
      ]) {
        await takeScreens(nobody, screen, language);
      }
      for (const screen of [
        { name: "home", show: at(fanfare, "/") },
        { name: "posts", show: at(fanfare, "/posts") },
        { name: "posts-attention", show: at(fanfare, "/posts?tab=attention") },
        { name: "posts-nothing-found", show: at(fanfare, "/posts?q=nothing+like+that") },
        { name: "calendar", show: at(fanfare, "/calendar") },
        { name: "calendar-week", show: at(fanfare, "/calendar?view=week") },
        { name: "calendar-day", show: at(fanfare, "/calendar?view=day") },
        { name: "post", show: at(fanfare, published) },
        { name: "analytics", show: at(fanfare, "/analytics") },
        { name: "compare", show: at(fanfare, "/analytics/compare?scale=index") },
        { name: "compose", show: at(fanfare, `${draft}/edit`) },
        { name: "accounts", show: at(fanfare, "/accounts") },
        { name: "team", show: at(fanfare, "/team") },
        { name: "settings", show: at(fanfare, "/settings") },
        { name: "operations", show: at(fanfare, "/settings/operations") },
        { name: "not-found", show: at(fanfare, "/nothing/here") },
      ]) {
        await takeScreens(someone, screen, language);
      }
    });
  });
}
