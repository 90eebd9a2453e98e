import { expect, type Locator, type Page } from "@playwright/test";
import { NAMES, type Words } from "./words.ts";
import type { Platform } from "./sandbox.ts";

/** The list of posts, and the page of one. */
export class PostsPage {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  /** The line of the post that holds `words`. */
  row(words: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByRole("link", { name: words }) });
  }

  /** What is told below the post's line. */
  notice(words: string): Locator {
    return this.row(words).locator("xpath=following-sibling::tr[1][contains(@class, 'notice-row')]");
  }

  /** Waits until the list shows the state, without loading the page again. */
  async shows(words: string, state: string, within: number): Promise<void> {
    const { page } = this;
    let loads = 0;
    const count = () => (loads += 1);
    page.on("load", count);
    await expect(this.row(words).getByRole("cell").first()).toHaveText(state, { timeout: within });
    page.off("load", count);
    expect(loads, "loads of the page meanwhile").toBe(0);
  }

  async openPost(words: string): Promise<void> {
    await this.row(words).getByRole("link", { name: words }).click();
    await this.page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  }

  /** On the page of one post: its part on a platform. */
  target(platform: Platform): Locator {
    // With the handle, which only LinkedIn hasn't.
    const badge = new RegExp(platform === "linkedin" ? `${NAMES[platform]}(?!, @)` : `${NAMES[platform]}, @`);
    return this.page.locator(".target-card").filter({ has: this.page.locator(".target-head", { hasText: badge }) });
  }

  /** The address behind "See it on …". */
  async liveAddress(platform: Platform): Promise<string> {
    const link = this.target(platform).getByRole("link", { name: this.words.seeIt(NAMES[platform]) });
    return (await link.getAttribute("href")) ?? "";
  }
}
