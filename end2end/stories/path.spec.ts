// The whole way: the first person, five accounts, one post with an image, and it went out once everywhere, on time.
import type { Page } from "@playwright/test";
import { AccountsPage } from "../setup/accounts.ts";
import { Composer, nextMinute } from "../setup/composer.ts";
import { DEMO, sha256, type Engine, type Fanfare } from "../setup/fanfare.ts";
import { goTo } from "../setup/frame.ts";
import { gradient } from "../setup/image.ts";
import type { BlueskyAccount, BlueskyServer } from "../setup/pds.ts";
import { setUp, signIn } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import type { Platform } from "../setup/sandbox.ts";
import { expect, test } from "../setup/test.ts";
import { NAMES, WORDS, type Language } from "../setup/words.ts";

const SIMULATED: Platform[] = ["x", "facebook", "instagram", "linkedin"];
const ALL: Platform[] = [...SIMULATED, "bluesky"];
const LINK = "https://example.com/menu?été=1&lang=fr";

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
    title: "in English, with PostgreSQL, a web process and two workers",
    engine: "postgres",
    language: "en",
    zone: "Asia/Kolkata",
    say: (friend) => ({
      text: `सुबह की चाय with @${friend} ☕\n${LINK}\n#smörgåsbord`,
      start: "सुबह की चाय with",
      hashtag: "smörgåsbord",
    }),
    alt: "Tea in a glass, steam rising",
  },
];

test.describe.configure({ mode: "parallel" });

for (const way of WAYS) {
  test.describe(() => {
    test.use({ locale: way.language === "fr" ? "fr-FR" : "en-GB" });

    test(`from the first person to five posts, ${way.title}`, async ({ page, bluesky, launch }) => {
      test.setTimeout(240_000);
      const words = WORDS[way.language];
      const fanfare = await launch(way.engine);
      const baker = await bluesky.createAccount(`baker-${way.engine}`);
      const friend = await bluesky.createAccount(`friend-${way.engine}`);
      const { text, start, hashtag } = way.say(friend.handle);
      const file = gradient(1200, 900, 80);

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
      let due = "";
      await test.step("writes one post for all and schedules it", async () => {
        const composer = new Composer(page, words);
        await composer.open();
        await composer.choose(ALL);
        await composer.write(text);
        await composer.addImage({ file, name: "gradient.png", alt: way.alt });
        await composer.nothingInTheWay();
        due = nextMinute(way.zone, 15);
        await composer.schedule(due);
      });

      await test.step("sees it scheduled, then published, without loading the page again", async () => {
        await posts.shows(start, words.scheduled, 5_000);
        await expect(posts.row(start).getByRole("cell").nth(3)).toContainText(due.slice(11));
        for (const platform of SIMULATED) {
          expect(await fanfare.sandbox.posts(platform), `${platform} before the time`).toEqual([]);
        }
        await posts.shows(start, words.published, 150_000);
      });

      await test.step("it is once at each simulated platform", async () => {
        const stored = await fanfare.storedMedia();
        for (const platform of SIMULATED) {
          const made = await fanfare.sandbox.posts(platform);
          expect(made, platform).toHaveLength(1);
          expect(made[0], platform).toMatchObject({ text, deleted: false, attempts: 1, media: [{ alt: way.alt }] });
          const [image] = made[0].media;
          expect(stored, `the image at ${platform} is one of ours`).toContain(image.sha256);
          await expectImage(await fanfare.sandbox.blob(image.sha256), platform);
        }
      });

      await test.step("it is once at the real Bluesky server, as it was meant", () =>
        expectBlueskyPost({ bluesky, baker, friend, text, hashtag, alt: way.alt, fanfare }),
      );

      await test.step("its page leads to each of them", async () => {
        await posts.openPost(start);
        for (const platform of ALL) {
          await expect(posts.target(platform)).toContainText(words.isOut);
          await expect.soft(posts.target(platform).getByText(words.published, { exact: true })).toBeVisible();
        }
        await expectLinks(page, posts, { fanfare, bluesky, baker });
      });
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
  fanfare: Fanfare;
}): Promise<void> {
  const { bluesky, baker, friend, text, hashtag, alt, fanfare } = expected;
  const records = await bluesky.posts(baker);
  expect(records).toHaveLength(1);
  const post = records[0].value as {
    text: string;
    facets: { index: { byteStart: number; byteEnd: number }; features: Record<string, string>[] }[];
    embed: {
      $type: string;
      images: { alt: string; aspectRatio?: object; image: { ref: { toString(): string }; mimeType: string; size: number } }[];
    };
  };
  expect(post.text).toBe(text);

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
  expect(await fanfare.storedMedia(), "the bytes that Fanfare sent").toContain(sha256(blob));
  expect(await expectImage(blob, "bluesky")).toBe(image.mimeType);
}

/** A JPEG or PNG, whole; gives its type. */
async function expectImage(bytes: Uint8Array, where: string): Promise<string> {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("hex");
  const end = Buffer.from(bytes.subarray(-8)).toString("hex");
  const jpeg = head.startsWith("ffd8ff") && end.endsWith("ffd9");
  const png = head === "89504e470d0a1a0a" && end === "49454e44ae426082";
  expect(jpeg || png, `the image at ${where} is a whole JPEG or PNG (${head}…${end})`).toBe(true);
  return jpeg ? "image/jpeg" : "image/png";
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
