// What Fanfare's publishing relies on, asked of the real server.
import { RichText } from "@atproto/api";
import { expect, test } from "../setup/test.ts";

const collection = "app.bsky.feed.post";
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

test("the same record put twice under one key is one post", async ({ bluesky }) => {
  const account = await bluesky.createAccount("twice");
  const agent = bluesky.agent();
  await agent.login({ identifier: account.handle, password: account.appPassword });
  const post = {
    repo: account.did,
    collection,
    rkey: "3l7ydm6plrc2s",
    record: { $type: collection, text: "Grüße aus Köln ☕", createdAt: "2026-03-01T09:00:00.000Z" },
  };

  const { data: first } = await agent.com.atproto.repo.putRecord(post);
  const { data: again } = await agent.com.atproto.repo.putRecord(post);

  expect(again.cid).toBe(first.cid);
  expect(again.uri).toBe(first.uri);
  expect(again.commit).toBeUndefined();
  expect(await bluesky.posts(account)).toHaveLength(1);

  await expect(agent.com.atproto.repo.createRecord(post)).rejects.toMatchObject({ status: 500 });
  expect(await bluesky.posts(account)).toHaveLength(1);
});

test("a post is read back as it was written", async ({ bluesky }) => {
  const account = await bluesky.createAccount("lena");
  const agent = bluesky.agent();
  await agent.login({ identifier: account.handle, password: account.appPassword });
  const { data: upload } = await agent.uploadBlob(pixel, { encoding: "image/png" });
  const text = new RichText({ text: "Café ☕ @lena.test https://example.com/menu #déjeuner" });
  await text.detectFacets(agent);

  await agent.com.atproto.repo.putRecord({
    repo: account.did,
    collection,
    rkey: "3l7ydm6plrc2t",
    record: {
      $type: collection,
      text: text.text,
      facets: text.facets,
      createdAt: "2026-03-01T09:00:00.000Z",
      embed: { $type: "app.bsky.embed.images", images: [{ image: upload.blob, alt: "Un point" }] },
    },
  });

  const [post] = await bluesky.posts(account);
  expect(post.value).toMatchObject({
    text: "Café ☕ @lena.test https://example.com/menu #déjeuner",
    facets: [
      // "é" takes two bytes in UTF-8, "☕" three.
      { index: { byteStart: 10, byteEnd: 20 }, features: [{ did: account.did }] },
      { index: { byteStart: 21, byteEnd: 45 }, features: [{ uri: "https://example.com/menu" }] },
      { index: { byteStart: 46, byteEnd: 56 }, features: [{ tag: "déjeuner" }] },
    ],
    embed: { images: [{ alt: "Un point" }] },
  });
  expect(Buffer.from(await bluesky.blob(account, upload.blob.ref.toString()))).toEqual(pixel);
});

test("a wrong password and a key of the wrong form are refused", async ({ bluesky }) => {
  const account = await bluesky.createAccount("refused");
  const agent = bluesky.agent();
  await expect(agent.login({ identifier: account.handle, password: "wrong" })).rejects.toMatchObject({ status: 401 });

  await agent.login({ identifier: account.handle, password: account.appPassword });
  const post = {
    repo: account.did,
    collection,
    rkey: "not a tid",
    record: { $type: collection, text: "No", createdAt: "2026-03-01T09:00:00.000Z" },
  };
  await expect(agent.com.atproto.repo.putRecord(post)).rejects.toMatchObject({ status: 400 });
  expect(await bluesky.posts(account)).toHaveLength(0);
});
