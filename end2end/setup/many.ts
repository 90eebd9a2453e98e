import { expect, type Page } from "@playwright/test";
import type { Fanfare } from "./fanfare.ts";
import type { Platform } from "./sandbox.ts";

export interface Planned {
  text: string;
  platforms: Platform[];
  /** In whole seconds, as milliseconds since 1970; or a wall time in Paris, such as `2026-11-18T09:00`. */
  at: number | string;
}

/** The next full second at least `ahead` seconds from now. */
export function nextSecond(ahead: number): number {
  return (Math.ceil(Date.now() / 1000) + ahead) * 1000;
}

/** Schedules posts with the session of the page, by what the composer calls: quicker, and to the second. */
export async function scheduleAll(page: Page, fanfare: Fanfare, posts: Planned[]): Promise<void> {
  const call = async <T>(path: string, body: object): Promise<T> => {
    const headers = { "sec-fetch-site": "same-origin" };
    const answer = await page.request.post(`${fanfare.url}/api/${path}`, { ...body, headers });
    expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200);
    return answer.json() as Promise<T>;
  };
  const { accounts } = await call<{ accounts: { id: string; platform: Platform }[] }>("accounts/list", { form: {} });
  for (const { text, platforms, at } of posts) {
    const chosen = accounts.filter(({ platform }) => platforms.includes(platform)).map(({ id }) => id);
    expect(chosen, "accounts of the post").toHaveLength(platforms.length);
    const input = { text, media: [], accounts: chosen };
    const chosenTime =
      typeof at === "string" ? { local: `${at}:00`, zone: "Europe/Paris" } : { local: new Date(at).toISOString().slice(0, 19), zone: "UTC" };
    const when = { when: "at", ...chosenTime };
    await call("posts/save", { data: { save: { post: null, version: null, input, when } } });
  }
}
