// The sandbox, used through the platforms' own client libraries or the ones that most people use: what it says is only
// worth something if they can read it. The libraries know the real hosts alone, so each is pointed here by its own means.
import { Agent } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { AtpAgent, RichText } from "@atproto/api";
import type { ApiResponseError, ITwitterApiBeforeRequestConfigHookArgs, TwitterApi } from "twitter-api-v2";
import { gradient } from "../setup/image.ts";
import { Program, freePort, root } from "../setup/process.ts";
import { Sandbox, type Platform } from "../setup/sandbox.ts";
import { expect, test as base } from "../setup/test.ts";

/** What the LinkedIn client throws. */
interface Answered {
  response?: { status: number; data: unknown };
}

const REDIRECT = "http://localhost/callback";

const test = base.extend<object, { sandbox: Sandbox }>({
  sandbox: [
    async ({}, use) => {
      const url = `http://127.0.0.1:${await freePort()}`;
      const command = resolve(root, process.env.FANFARE_BIN ?? "target/debug/fanfare");
      const program = new Program({ name: "sandbox", command, args: ["sandbox", "--listen", new URL(url).host] });
      await program.answers(url);
      await use(new Sandbox(url));
      await program.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

// Modules for `require`, because their addresses can be changed there.
const require = createRequire(import.meta.url);

test.describe("X by twitter-api-v2", () => {
  const scope = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"];
  const { TwitterApi: Client } = require("twitter-api-v2") as typeof import("twitter-api-v2");

  function client(sandbox: Sandbox, token: string | { clientId: string; clientSecret: string }): TwitterApi {
    // It speaks https unless the agent says otherwise.
    const httpAgent = new Agent();
    const plugin = {
      onBeforeRequestConfig: ({ params }: ITwitterApiBeforeRequestConfigHookArgs) => {
        // It tells the form of a body by the path, which the sandbox puts a prefix before.
        params.forceBodyMode ??= params.url.includes("/oauth2/") ? "url" : "json";
        params.url = params.url.replace("https://api.x.com", `${sandbox.url}/x/api`);
      },
    };
    const settings = { httpAgent, plugins: [plugin] };
    return typeof token === "string" ? new Client(token, settings) : new Client(token, settings);
  }

  const app = (sandbox: Sandbox) => client(sandbox, { clientId: "sandbox-x", clientSecret: "sandbox-x-secret" });

  async function signIn(sandbox: Sandbox, persona: string) {
    const { url, codeVerifier, state } = app(sandbox).generateOAuth2AuthLink(REDIRECT, { scope });
    const back = await consent(url.replace(/^https:\/\/(twitter|x)\.com/, `${sandbox.url}/x`), persona);
    expect(back.searchParams.get("state")).toBe(state);
    const code = back.searchParams.get("code") ?? "";
    const signedIn = await app(sandbox).loginWithOAuth2({ code, codeVerifier, redirectUri: REDIRECT });
    return { ...signedIn, client: client(sandbox, signedIn.accessToken) };
  }

  test("a post with a picture, from the consent to its deletion", async ({ sandbox }) => {
    const { client: x, expiresIn, scope: granted } = await signIn(sandbox, "xpicture");
    expect(expiresIn).toBe(7200);
    expect(granted).toEqual(scope);
    const { data: me } = await x.v2.me({ "user.fields": ["public_metrics", "created_at"] });
    expect(me).toMatchObject({ username: "xpicture", public_metrics: { tweet_count: 0 } });

    // In segments of 2000 bytes: initialize, append, finalize.
    const image = gradient(120, 80, 10);
    const medium = await x.v2.uploadMedia(image, { media_type: "image/png" as never }, 2000);
    await x.v2.createMediaMetadata(medium, { alt_text: { text: "A gradient" } });
    const { data: made } = await x.v2.tweet("Grüße ☕", { media: { media_ids: [medium] } });

    const { data: read, includes } = await x.v2.singleTweet(made.id, {
      "tweet.fields": ["created_at", "attachments"],
      expansions: ["author_id", "attachments.media_keys"],
      "media.fields": ["alt_text", "url", "width"],
    });
    expect(read).toMatchObject({ text: "Grüße ☕", author_id: me.id });
    expect(includes?.users).toEqual([{ id: me.id, name: "xpicture", username: "xpicture" }]);
    expect(includes?.media).toMatchObject([{ type: "photo", alt_text: "A gradient", width: 120 }]);
    const picture = await fetch(includes?.media?.[0]?.url ?? "");
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(image);

    const answer = await x.v2.reply("Thanks", made.id);
    const own = await x.v2.userTimeline(me.id, { exclude: "replies" });
    expect(own.tweets.map(({ id }) => id)).toEqual([made.id]);
    const all = await x.v2.userTimeline(me.id, { "tweet.fields": ["referenced_tweets"] });
    expect(all.tweets[0]).toMatchObject({ id: answer.data.id, referenced_tweets: [{ type: "replied_to", id: made.id }] });

    expect((await x.v2.deleteTweet(made.id)).data).toEqual({ deleted: true });
    const { errors } = await x.v2.tweets([made.id]);
    expect(errors).toMatchObject([{ resource_id: made.id, title: "Not Found Error" }]);
  });

  test("refusals are read for what they are", async ({ sandbox }) => {
    const { client: x } = await signIn(sandbox, "xrefused");
    await x.v2.tweet("Once");
    const duplicate = await refusal<ApiResponseError>(x.v2.tweet("Once"));
    expect(duplicate).toMatchObject({ code: 403, data: { detail: expect.stringContaining("duplicate content") } });
    const long = await refusal<ApiResponseError>(x.v2.tweet("x".repeat(281)));
    expect(long.code).toBe(403);
    const field = await refusal<ApiResponseError>(x.v2.me({ "user.fields": ["nothing" as never] }));
    expect(field).toMatchObject({ code: 400, data: { title: "Invalid Request" } });
    const nowhere = await refusal<ApiResponseError>(x.v2.get("nowhere"));
    expect(nowhere).toMatchObject({ code: 404, data: { type: "about:blank", status: 404 } });

    await sandbox.fault({ platform: "x", kind: "rate_limit", endpoint: "commit", count: 1, retry_after_s: 60 });
    const limited = await refusal<ApiResponseError>(x.v2.tweet("Too much"));
    expect(limited).toMatchObject({ rateLimitError: true, rateLimit: { remaining: 0 } });
    await expire(sandbox, "x", "xrefused");
    expect(await refusal<ApiResponseError>(x.v2.me())).toMatchObject({ code: 401, isAuthError: true });
  });

  test("a refresh token works once; using it again ends the consent", async ({ sandbox }) => {
    const first = await signIn(sandbox, "xrotating");
    const second = await app(sandbox).refreshOAuth2Token(first.refreshToken ?? "");
    const x = client(sandbox, second.accessToken);
    await expect(x.v2.me()).resolves.toMatchObject({ data: { username: "xrotating" } });
    const again = await refusal<ApiResponseError>(app(sandbox).refreshOAuth2Token(first.refreshToken ?? ""));
    expect(again).toMatchObject({ code: 400, data: { error: "invalid_request" } });
    expect((await refusal<ApiResponseError>(x.v2.me())).code).toBe(401);

    const other = await signIn(sandbox, "xrotating");
    await app(sandbox).revokeOAuth2Token(other.refreshToken ?? "", "refresh_token");
    expect((await refusal<ApiResponseError>(other.client.v2.me())).code).toBe(401);
  });
});

test.describe("LinkedIn by its own client", () => {
  const { AuthClient, RestliClient } = require("linkedin-api-client") as typeof import("linkedin-api-client");
  const version = { versionString: "202610" };

  /** The client makes its addresses of these constants. */
  function pointAt(sandbox: Sandbox): void {
    const constants = require(
      require.resolve("linkedin-api-client").replace("index.js", "utils/constants.js"),
    ) as Record<string, string>;
    constants.OAUTH_BASE_URL = `${sandbox.url}/linkedin/oauth/v2`;
    constants.NON_VERSIONED_BASE_URL = `${sandbox.url}/linkedin/api/v2`;
    constants.VERSIONED_BASE_URL = `${sandbox.url}/linkedin/api/rest`;
  }

  const auth = new AuthClient({
    clientId: "sandbox-linkedin",
    clientSecret: "sandbox-linkedin-secret",
    redirectUrl: REDIRECT,
  });

  async function signIn(sandbox: Sandbox, persona: string): Promise<string> {
    pointAt(sandbox);
    const url = auth.generateMemberAuthorizationUrl(["openid", "profile", "w_member_social", "r_member_social"], "mine");
    const back = await consent(url.replace("https://www.linkedin.com", `${sandbox.url}/linkedin`), persona);
    expect(back.searchParams.get("state")).toBe("mine");
    const token = await auth.exchangeAuthCodeForAccessToken(back.searchParams.get("code") ?? "");
    expect(token.expires_in).toBe(5_184_000);
    return token.access_token;
  }

  test("a post with a picture, from the consent to its deletion", async ({ sandbox }) => {
    const accessToken = await signIn(sandbox, "lipicture");
    const { data: introspected } = await auth.introspectAccessToken(accessToken) as never as { data: object };
    expect(introspected).toMatchObject({ active: true, status: "active", auth_type: "3L" });

    const rest = new RestliClient();
    const { data: me } = await rest.get({ resourcePath: "/userinfo", accessToken });
    const author = `urn:li:person:${me.sub}`;
    const { data: upload } = await rest.action({
      resourcePath: "/images",
      actionName: "initializeUpload",
      data: { initializeUploadRequest: { owner: author } },
      accessToken,
      ...version,
    });
    const { uploadUrl, image } = upload.value as Record<string, string>;
    const picture = gradient(90, 90, 20);
    const put = await fetch(uploadUrl ?? "", {
      method: "PUT",
      headers: { authorization: `Bearer ${accessToken}` },
      body: new Uint8Array(picture),
    });
    expect(put.status).toBe(201);
    const { data: kept } = await rest.get({ resourcePath: "/images/{id}", pathKeys: { id: image }, accessToken, ...version });
    expect(kept).toMatchObject({ id: image, owner: author, status: "AVAILABLE" });

    const entity = {
      author,
      commentary: "Grüße ☕",
      visibility: "PUBLIC",
      distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
      content: { media: { id: image, altText: "A gradient" } },
      lifecycleState: "PUBLISHED",
      isReshareDisabledByAuthor: false,
    };
    const made = await rest.create({ resourcePath: "/posts", entity, accessToken, ...version });
    const urn = String(made.createdEntityId);
    expect(made.status).toBe(201);
    expect(urn).toMatch(/^urn:li:share:\d+$/);

    const { data: read } = await rest.get({ resourcePath: "/posts/{id}", pathKeys: { id: urn }, accessToken, ...version });
    expect(read).toMatchObject({ id: urn, commentary: "Grüße ☕", content: { media: { id: image } } });
    const found = await rest.finder({
      resourcePath: "/posts",
      finderName: "author",
      queryParams: { author, count: 5 },
      accessToken,
      ...version,
    });
    expect(found.data.elements).toMatchObject([{ id: urn }]);

    const duplicate = await refusal<Answered>(rest.create({ resourcePath: "/posts", entity, accessToken, ...version }));
    expect(duplicate.response?.status).toBe(422);
    expect(duplicate.response?.data).toMatchObject({ errorDetails: { inputErrors: [{ code: "DUPLICATE_POST" }] } });
    expect((await rest.delete({ resourcePath: "/posts/{id}", pathKeys: { id: urn }, accessToken, ...version })).status).toBe(204);
    const gone = rest.get({ resourcePath: "/posts/{id}", pathKeys: { id: urn }, accessToken, ...version });
    expect((await refusal<Answered>(gone)).response?.status).toBe(404);
  });

  test("refusals are read for what they are", async ({ sandbox }) => {
    const accessToken = await signIn(sandbox, "lirefused");
    const rest = new RestliClient();
    const data = async (call: Promise<unknown>) => (await refusal<Answered>(call)).response?.data;
    expect(await data(rest.get({ resourcePath: "/nowhere", accessToken, ...version }))).toMatchObject({
      status: 404,
      code: "RESOURCE_NOT_FOUND",
    });
    expect(
      await data(rest.create({ resourcePath: "/posts", entity: {}, accessToken, versionString: "202001" })),
    ).toMatchObject({ status: 426, code: "NONEXISTENT_VERSION" });
    await expire(sandbox, "linkedin", "lirefused");
    expect(await data(rest.get({ resourcePath: "/userinfo", accessToken }))).toMatchObject({
      status: 401,
      serviceErrorCode: 65602,
      code: "EXPIRED_ACCESS_TOKEN",
    });
    const spent = await data(auth.exchangeAuthCodeForAccessToken("nothing"));
    expect(spent).toMatchObject({ error: "invalid_request", error_description: expect.any(String) });
  });
});

test.describe("Bluesky by @atproto/api", () => {
  async function signIn(sandbox: Sandbox): Promise<AtpAgent> {
    const agent = new AtpAgent({ service: `${sandbox.url}/bluesky` });
    const identifier = "maya.sandbox.test";
    await agent.login({ identifier, password: await sandbox.appPassword(identifier) });
    return agent;
  }

  test("a post with a picture, from the session to its deletion", async ({ sandbox }) => {
    const agent = await signIn(sandbox);
    const image = gradient(100, 60, 30);
    const { data: upload } = await agent.uploadBlob(image, { encoding: "image/png" });
    const text = new RichText({ text: "Café ☕ https://example.com #déjeuner" });
    await text.detectFacets(agent);
    const aspectRatio = { width: 100, height: 60 };
    const made = await agent.post({
      text: text.text,
      facets: text.facets,
      embed: { $type: "app.bsky.embed.images", images: [{ image: upload.blob, alt: "A gradient", aspectRatio }] },
    });

    const { data: thread } = await agent.getPostThread({ uri: made.uri });
    expect(thread.thread).toMatchObject({ post: { uri: made.uri, cid: made.cid }, replies: [] });
    const { data: feed } = await agent.getAuthorFeed({ actor: agent.assertDid });
    const newest = feed.feed.find(({ post }) => post.uri === made.uri);
    expect(newest?.post).toMatchObject({
      author: { handle: "maya.sandbox.test" },
      record: { text: text.text },
      embed: { $type: "app.bsky.embed.images#view", images: [{ alt: "A gradient", aspectRatio }] },
    });
    const view = newest?.post.embed as { images: { fullsize: string }[] };
    const picture = await fetch(view.images[0]?.fullsize ?? "");
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(image);

    await agent.deletePost(made.uri);
    const rkey = made.uri.split("/").pop() ?? "";
    await expect(agent.app.bsky.feed.post.get({ repo: agent.assertDid, rkey })).rejects.toMatchObject({
      status: 400,
      error: "RecordNotFound",
    });
  });

  test("an expired session is renewed, a refusal read for what it is", async ({ sandbox }) => {
    const agent = await signIn(sandbox);
    const before = agent.session?.accessJwt;
    await expire(sandbox, "bluesky", "maya.sandbox.test");
    await agent.post({ text: "After the session's end" });
    expect(agent.session?.accessJwt).not.toBe(before);

    await expect(agent.post({ text: "x".repeat(301) })).rejects.toMatchObject({ status: 400, error: "InvalidRequest" });
    await expect(agent.com.atproto.server.listAppPasswords()).rejects.toMatchObject({ status: 501 });
    await sandbox.fault({ platform: "bluesky", kind: "rate_limit", endpoint: "commit", count: 1, retry_after_s: 60 });
    await expect(agent.post({ text: "Too much" })).rejects.toMatchObject({
      status: 429,
      error: "RateLimitExceeded",
      headers: { "ratelimit-remaining": "0" },
    });
  });
});

/** Fills in the consent page as a browser would, and gives the address it leads back to. */
async function consent(url: string, person: string): Promise<URL> {
  const html = await (await fetch(url)).text();
  const value = (text: string) => text.replaceAll("&amp;", "&");
  const action = value(/action="([^"]*)"/.exec(html)?.[1] ?? "");
  const form = new URLSearchParams({ decision: "approve", handle: person });
  if (html.includes('name="scopes_shown"')) form.set("scopes_shown", "1");
  for (const [, scope] of html.matchAll(/name="grants" value="([^"]*)"/g)) form.append("grants", value(scope ?? ""));
  const answer = await fetch(new URL(action, url), { method: "POST", body: form, redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "no address to return to");
}

/** Ends the account's access tokens. */
async function expire(sandbox: Sandbox, platform: Platform, account: string): Promise<void> {
  const body = JSON.stringify({ platform, account });
  const answer = await fetch(`${sandbox.url}/control/expire`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  expect(answer.ok).toBe(true);
}

/** What a call was refused with; a call that succeeds fails the story. */
async function refusal<E>(call: Promise<unknown>): Promise<E> {
  return call.then(
    () => Promise.reject(new Error("the call was not refused")),
    (error: E) => error,
  );
}
