import { expect, type Page } from "@playwright/test";
import type { Fanfare } from "./fanfare.ts";
import { arrived, open } from "./frame.ts";
import type { Words } from "./words.ts";

export interface Person {
  name: string;
  email: string;
  password: string;
}

/** The first run: makes the owner and the first workspace, and leaves the person at home. */
export async function setUp(
  page: Page,
  fanfare: Fanfare,
  words: Words,
  { name, email, password, workspace, zone }: Person & { workspace: string; zone: string },
): Promise<void> {
  await open(page, fanfare.url);
  await expect(page, "a server without people leads to its set-up").toHaveURL(/\/setup$/);
  await expect(page.getByRole("heading", { name: words.setUp })).toBeVisible();
  await page.getByLabel(words.yourName).fill(name);
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByLabel(words.workspaceName).fill(workspace);
  await page.getByLabel(words.zone).fill(zone);
  await page.getByRole("button", { name: words.createAndSignIn }).click();
  await arrived(page, "/");
}

/** Fills the form of the sign-in page, which is open. */
export async function fillSignIn(page: Page, words: Words, { email, password }: Omit<Person, "name">): Promise<void> {
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.signIn, exact: true }).click();
}

/** Signs in at `base` and waits for the page the person wanted. */
export async function signIn(page: Page, base: string, words: Words, person: Omit<Person, "name">, next = "/"): Promise<void> {
  await open(page, `${base}${next}`);
  await expect(page).toHaveURL(/\/signin/);
  await fillSignIn(page, words, person);
  await arrived(page, next);
}

/** Joins by an invitation, whose page is open, and leaves the person at home. */
export async function signUp(page: Page, words: Words, { name, email, password }: Person): Promise<void> {
  await page.getByLabel(words.yourName).fill(name);
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.createAndJoin }).click();
  await arrived(page, "/");
}
