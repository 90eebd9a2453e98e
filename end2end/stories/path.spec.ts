// The whole way: the first person, five accounts, one post with an image, and it went out once everywhere, on time.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer, nextMinute, type Minute } from "../setup/composer.ts";
import { DEMO, sha256, type Engine, type Fanfare } from "../setup/fanfare.ts";
import { goTo } from "../setup/frame.ts";
import { gradient, inspect } from "../setup/image.ts";
import { nextSecond, scheduleAll } from "../setup/many.ts";
import type { BlueskyAccount, BlueskyServer } from "../setup/pds.ts";
import { setUp, signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import type { Platform } from "../setup/sandbox.ts";
import { expect, test } from "../setup/test.ts";
import { NAMES, WORDS, type Language } from "../setup/words.ts";

const SIMULATED: Platform[] = ["x", "facebook", "instagram", "linkedin"];
const ALL: Platform[] = [...SIMULATED, "bluesky"];
const LINK = "https://example.com/menu?été=1&lang=fr";
/** What the camera wrote into the image, and nobody else may read. */
const SECRET = "taken at 12 Rue du Four by Odile";
/** How long after its time a post may reach a platform, in milliseconds. */
const ON_TIME = 5_000;
/** Instagram works on the image for a second, and is asked every two whether it is done. */
const WORK: Partial<Record<Platform, number>> = { instagram: 3_000 };

interface Way {
  title: string;
  engine: Engine;
  language: Language;
  /** The workspace's zone; the browsers of all stories are in Paris. */
  zone: string;
  say: (friend: string) => { text: string; start: string; hashtag: string };
  alt: string;
}

const WAYS: Way[] = [
  {
    title: "in English, all in one process",
    engine: "demo",
    language: "en",
    zone: "Europe/Paris",
    say: (friend) => ({
      text: `Café crème & croissants ☕️🥐 with @${friend}: ${LINK} — see you there! #Frühstück`,
      start: "Café crème & croissants",
      hashtag: "Frühstück",
    }),
    alt: "A cup of café crème beside two croissants, “still warm”",
  },
  {
    title: "in French, on the embedded database",
    engine: "sqlite",
    language: "fr",
    zone: "America/Montreal",
    say: (friend) => ({
      text: `L’été arrive à la boulangerie 🥖 Merci @${friend} ! La carte : ${LINK}\n\n#déjeuner 👩‍🍳`,
      start: "L’été arrive à la boulangerie",
      hashtag: "déjeuner",
    }),
    alt: "Des baguettes dorées sur un étal, près d’une fenêtre",
  },
  {
    title: "in French, with PostgreSQL, a web process and two workers",
    engine: "postgres",
    language: "fr",
    zone: "Asia/Kolkata",
    say: (friend) => ({
      text: `सुबह की चाय avec @${friend} ☕\n${LINK}\n#smörgåsbord`,
      start: "सुबह की चाय avec",
      hashtag: "smörgåsbord",
    }),
    alt: "Du thé dans un verre, qui fume encore",
  },
];

test.describe.configure({ mode: "parallel" });

for (const way of WAYS) {
  test.describe(() => {
    test.use({ locale: way.language === "fr" ? "fr-FR" : "en-GB" });

    test(`from the first person to five posts, ${way.title}`, async ({ page, bluesky, launch }) => {
      test.setTimeout(300_000);
      const words = WORDS[way.language];
      const fanfare = await launch(way.engine);
      const baker = await bluesky.createAccount(`baker-${way.engine}`);
      const friend = await bluesky.createAccount(`friend-${way.engine}`);
      const { text, start, hashtag } = way.say(friend.handle);
      const file = gradient(1200, 900, 80, SECRET);

      await test.step("the first person", async () => {
        if (way.engine === "demo") {
          await signIn(page, fanfare.url, words, DEMO);
        } else {
          const owner = { name: "Odile Müller", email: "odile@example.com", password: "brioche et beurre" };
          await setUp(page, fanfare, words, { ...owner, workspace: "Boulangerie", zone: way.zone });
        }
        await expect(page.getByRole("heading", { name: words.firstSteps })).toBeVisible();
      });

      await test.step("connects five accounts", async () => {
        await goTo(page, words.accounts);
        const accounts = new AccountsPage(page, fanfare, words);
        await accounts.connect("x", "maya");
        await accounts.connectFacebookPage("maya", "Malmö Coffee Week");
        await accounts.connect("linkedin", "maya");
        await accounts.connect("instagram", "lindqvist.coffee");
        await accounts.connectBluesky(bluesky, baker);
        for (const row of ["X, @maya", "Facebook, @", "LinkedIn", "Instagram, @lindqvist.coffee", `Bluesky, @${baker.handle}`]) {
          await expect(accounts.row(row).getByText(words.active, { exact: true })).toBeVisible();
        }
      });

      await goTo(page, words.posts);
      const posts = new PostsPage(page, words);
      let due: Minute = { wall: "", at: 0 };
      await test.step("writes one post for all and schedules it", async () => {
        const composer = new Composer(page, words);
        await composer.open();
        await composer.choose(ALL);
        await composer.write(text);
        await composer.addImage({ file, name: "gradient.png", alt: way.alt });
        await composer.nothingInTheWay();
        due = nextMinute(way.zone, 15);
        await composer.schedule(due.wall);
      });

      await test.step("sees it scheduled, then published, without loading the page again", async () => {
        await posts.shows(start, words.scheduled, 5_000);
        await expect(posts.row(start).getByRole("cell").nth(3)).toContainText(due.wall.slice(11));
        for (const platform of SIMULATED) {
          expect(await fanfare.sandbox.posts(platform), `${platform} before the time`).toEqual([]);
        }
        await posts.shows(start, words.published, 150_000);
      });

      await test.step("it is once at each simulated platform, on time", async () => {
        for (const platform of SIMULATED) {
          const made = await fanfare.sandbox.posts(platform);
          expect(made, platform).toHaveLength(1);
          expect(made[0], platform).toMatchObject({ text, deleted: false, attempts: 1, media: [{ alt: way.alt }] });
          expectOnTime(made[0].received_at, due.at, platform, WORK[platform]);
          const [image] = made[0].media;
          await expectImage(await fanfare.sandbox.blob(image.sha256), platform, fanfare);
        }
      });

      await test.step("it is once at the real Bluesky server, as it was meant", () =>
        expectBlueskyPost({ bluesky, baker, friend, text, hashtag, alt: way.alt, due: due.at, fanfare }),
      );

      await test.step("its page leads to each of them", async () => {
        await posts.openPost(start);
        for (const platform of ALL) {
          await expect(posts.target(platform)).toContainText(words.isOut);
          await expect.soft(posts.target(platform).getByText(words.published, { exact: true })).toBeVisible();
        }
        await expectLinks(page, posts, { fanfare, bluesky, baker });
      });

      if (way.engine === "postgres") {
        await test.step("both workers share many posts, each of which goes out once", () =>
          expectSharedWork(page, { fanfare, bluesky, baker }),
        );
      }
    });
  });
}

/** Reads the record back, as every app of Bluesky does. */
async function expectBlueskyPost(expected: {
  bluesky: BlueskyServer;
  baker: BlueskyAccount;
  friend: BlueskyAccount;
  text: string;
  hashtag: string;
  alt: string;
  due: number;
  fanfare: Fanfare;
}): Promise<void> {
  const { bluesky, baker, friend, text, hashtag, alt, due, fanfare } = expected;
  const records = await bluesky.posts(baker);
  expect(records).toHaveLength(1);
  expectOnTime(await bluesky.changedAt(baker), due, "Bluesky");
  const post = records[0].value as {
    text: string;
    createdAt: string;
    facets: { index: { byteStart: number; byteEnd: number }; features: Record<string, string>[] }[];
    embed: {
      $type: string;
      images: { alt: string; aspectRatio?: object; image: { ref: { toString(): string }; mimeType: string; size: number } }[];
    };
  };
  expect(post.text).toBe(text);
  expectOnTime(Date.parse(post.createdAt), due, "the time in Bluesky's record");

  const bytes = Buffer.from(post.text, "utf8");
  const facets = post.facets.map(({ index, features }) => ({
    words: bytes.subarray(index.byteStart, index.byteEnd).toString("utf8"),
    features,
  }));
  const type = "app.bsky.richtext.facet";
  expect(facets).toHaveLength(3);
  expect(facets).toEqual(
    expect.arrayContaining([
      { words: `@${friend.handle}`, features: [{ $type: `${type}#mention`, did: friend.did }] },
      { words: LINK, features: [{ $type: `${type}#link`, uri: LINK }] },
      { words: `#${hashtag}`, features: [{ $type: `${type}#tag`, tag: hashtag }] },
    ]),
  );

  expect(post.embed.$type).toBe("app.bsky.embed.images");
  expect(post.embed.images).toHaveLength(1);
  const [{ image, alt: told, aspectRatio }] = post.embed.images;
  expect(told).toBe(alt);
  expect(aspectRatio).toEqual({ width: 1200, height: 900 });
  const blob = await bluesky.blob(baker, image.ref.toString());
  expect(blob.length).toBe(image.size);
  expect(await expectImage(blob, "bluesky", fanfare)).toBe(image.mimeType);
}

function expectOnTime(at: number, due: number, where: string, work = 0): void {
  const late = at - due;
  expect(late, `${where}: milliseconds after the time`).toBeGreaterThanOrEqual(0);
  expect(late, `${where}: milliseconds after the time`).toBeLessThanOrEqual(ON_TIME + work);
}

/** The image in full size, byte by byte as it was made for a platform, without what the camera noted; gives its type. */
async function expectImage(bytes: Uint8Array, where: string, fanfare: Fanfare): Promise<string> {
  const seen = inspect(bytes);
  expect(seen, `the image at ${where}`).toMatchObject({ width: 1200, height: 900 });
  const name = (await fanfare.renditions()).get(sha256(bytes));
  expect(name, `the image at ${where} was made for a platform`).toMatch(/^(png|jpeg)-1200x900-\d+\.(png|jpg)$/);
  expect(Buffer.from(bytes).includes(SECRET, 0, "latin1"), `what the camera noted, at ${where}`).toBe(false);
  return seen?.type ?? "";
}

/** Twenty posts on four accounts each, due within a minute: half of them at once, then one after the other. */
async function expectSharedWork(
  page: Page,
  { fanfare, bluesky, baker }: { fanfare: Fanfare; bluesky: BlueskyServer; baker: BlueskyAccount },
): Promise<void> {
  const platforms: Platform[] = ["x", "facebook", "linkedin", "bluesky"];
  const running = () => fanfare.programs.filter((program) => program.running).map(({ name }) => name);
  const programs = ["sandbox", "web", "worker 1", "worker 2"];
  const workers = await fanfare.workers();
  expect(workers, "workers at the start").toHaveLength(2);
  expect(running()).toEqual(programs);

  const start = nextSecond(15);
  const planned = Array.from({ length: 20 }, (_, number) => {
    const seconds = Math.max(0, number - 9) * 2;
    return { text: `Fournée n° ${number + 1}`, platforms, at: start + seconds * 1000 };
  });
  await scheduleAll(page, fanfare, planned);
  expect(Date.now(), "made before their time").toBeLessThan(start);
  const open = async () => (await fanfare.postgres?.query("SELECT id FROM target WHERE state <> 'published'"))?.length;
  await expect.poll(open, { timeout: 120_000, intervals: [1_000] }).toBe(0);

  const texts = planned.map(({ text }) => text).sort();
  for (const platform of platforms.filter((platform) => platform !== "bluesky")) {
    const made = (await fanfare.sandbox.posts(platform)).filter(({ text }) => texts.includes(text));
    expect(made.map(({ text }) => text).sort(), platform).toEqual(texts);
    for (const { text, at } of planned) {
      const [post] = made.filter((post) => post.text === text);
      expect(post.attempts, `${text} at ${platform}`).toBe(1);
      expectOnTime(post.received_at, at, `${text} at ${platform}`);
    }
  }
  const records = (await bluesky.posts(baker)).map(({ value }) => (value as { text: string }).text);
  expect(records.filter((text) => texts.includes(text)).sort(), "Bluesky").toEqual(texts);

  const ledger = await fanfare.postgres?.query<{ worker: string; attempts: number; targets: number }>(
    `SELECT worker, COUNT(*)::int AS attempts, COUNT(DISTINCT target_id)::int AS targets
     FROM attempt GROUP BY worker ORDER BY worker`,
  );
  expect(ledger?.map(({ worker }) => worker), "who published, by the ledger").toEqual(workers);
  const sum = (of: "attempts" | "targets") => ledger?.reduce((total, row) => total + row[of], 0);
  const all = ALL.length + planned.length * platforms.length;
  expect([sum("attempts"), sum("targets")], "attempts, and what they were for").toEqual([all, all]);
  expect(await fanfare.workers(), "workers at the end").toEqual(workers);
  expect(running()).toEqual(programs);
}

/** The links "See it on …" name the right posts, and those of simulated platforms show them. */
async function expectLinks(
  page: Page,
  posts: PostsPage,
  { fanfare, bluesky, baker }: { fanfare: Fanfare; bluesky: BlueskyServer; baker: BlueskyAccount },
): Promise<void> {
  const [record] = await bluesky.posts(baker);
  const key = record.uri.split("/").at(-1);
  expect.soft(await posts.liveAddress("bluesky")).toMatch(new RegExp(`/profile/(${baker.handle}|${baker.did})/post/${key}$`));
  for (const platform of SIMULATED) {
    const [post] = await fanfare.sandbox.posts(platform);
    const address = await posts.liveAddress(platform);
    expect.soft(address, `the link to ${NAMES[platform]}`).toContain(fanfare.sandbox.url);
    if (!address.startsWith(fanfare.sandbox.url)) continue;
    const shown = await page.request.get(address);
    expect.soft(shown.status(), `${address} at ${NAMES[platform]}`).toBe(200);
    expect.soft(await shown.text(), `${address} shows the post`).toContain(post.text.slice(0, 10));
  }
}
