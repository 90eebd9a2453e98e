import { expect, type Locator, type Page } from "@playwright/test";
import type { Words } from "./words.ts";

/** Waits until the page has come to life: its script answers from here on. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator("html[data-hydrated]")).toBeAttached({ timeout: 90_000 });
}

/** Loads an address and waits until the page is alive. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await hydrated(page);
}

/** Waits for the page at `path` after something that loads it, alive. */
export async function arrived(page: Page, path: string | RegExp): Promise<void> {
  await page.waitForURL((url) => (typeof path === "string" ? url.pathname === path : path.test(url.pathname)));
  await hydrated(page);
}

/** Goes to a place by the navigation at the left. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: place, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: place })).toBeVisible();
}

/** Opens the sheet behind a menu's button. */
export async function openMenu(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<Locator> {
  await within.getByRole("button", { name }).first().click();
  const menu = page.getByRole("group", { name }).and(page.locator(":popover-open"));
  await expect(menu).toBeVisible();
  return menu;
}

/** Signs out by the menu of workspaces. */
export async function signOut(page: Page, words: Words): Promise<void> {
  await page.locator(".rail").getByRole("button", { name: new RegExp(words.signOut, "i") }).first().click();
  await page.locator(":popover-open").getByRole("button", { name: words.signOut }).click();
  await arrived(page, "/signin");
}

/** The short messages over the page. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator(".toast").filter({ hasText: text });
}
