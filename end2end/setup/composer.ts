import { expect, type Locator, type Page } from "@playwright/test";
import { NAMES, type Words } from "./words.ts";
import type { Platform } from "./sandbox.ts";

export interface Image {
  file: Buffer;
  name: string;
  alt: string;
}

/** The composer, open over a page. */
export class Composer {
  readonly sheet: Locator;

  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {
    this.sheet = page.locator("dialog#composer");
  }

  /** Opens it by the button of the page. */
  async open(): Promise<void> {
    await this.page.getByRole("link", { name: this.words.compose }).first().click();
    await this.isOpen();
  }

  async isOpen(): Promise<void> {
    await expect(this.sheet.getByRole("textbox", { name: this.words.text, exact: true })).toBeFocused();
  }

  async write(text: string): Promise<void> {
    await this.sheet.getByRole("textbox", { name: this.words.text, exact: true }).fill(text);
  }

  /** The chip of an account. Its box is hidden behind the chip, as a keyboard reaches it. */
  chip(platform: Platform): Locator {
    return this.sheet.getByRole("checkbox", { name: new RegExp(`^${NAMES[platform]} `) });
  }

  async choose(platforms: Platform[]): Promise<void> {
    for (const platform of platforms) {
      await this.chip(platform).focus();
      await this.page.keyboard.press("Space");
      await expect(this.chip(platform)).toBeChecked();
    }
  }

  /** Hands a file to the button that adds images. */
  async pickFile(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    const picker = this.page.waitForEvent("filechooser");
    await this.sheet.getByRole("button", { name: this.words.addImage }).click();
    await (await picker).setFiles({ name, mimeType, buffer });
  }

  /** Opens the question for the newest image's description, once it is uploaded. */
  async askForAlt(): Promise<Locator> {
    await this.sheet.getByRole("button", { name: this.words.noAlt, exact: true }).last().click({ timeout: 30_000 });
    return this.page.getByRole("dialog", { name: this.words.describeImage });
  }

  /** Uploads an image and describes it. */
  async addImage({ file, name, alt }: Image): Promise<void> {
    const { sheet, words } = this;
    await this.pickFile(name, "image/png", file);
    const dialog = await this.askForAlt();
    await dialog.getByRole("textbox", { name: words.altText }).fill(alt);
    await dialog.getByRole("button", { name: words.save, exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(sheet.getByRole("button", { name: words.altText, exact: true }).last()).toBeVisible();
  }

  async nothingInTheWay(): Promise<void> {
    await expect(this.sheet.getByText(this.words.nothingInTheWay)).toBeVisible();
  }

  /** Chooses a wall time (`2026-11-21T09:05`) and schedules. */
  async schedule(wallTime: string): Promise<void> {
    const { page, sheet, words } = this;
    await sheet.getByLabel(words.dateAndTime).fill(wallTime);
    await sheet.getByRole("button", { name: words.schedule, exact: true }).click();
    await expect(page.getByText(words.scheduledFor).last()).toBeVisible({ timeout: 20_000 });
    await expect(sheet).toBeHidden();
  }

  async saveDraft(): Promise<void> {
    await this.sheet.getByRole("button", { name: this.words.saveDraft }).click();
    await expect(this.sheet).toBeHidden({ timeout: 20_000 });
  }

  async publishNow(): Promise<void> {
    const { page, sheet, words } = this;
    await sheet.getByRole("button", { name: words.publishNow, exact: true }).click();
    const question = page.getByRole("dialog", { name: words.publishNowQuestion });
    await question.getByRole("button", { name: words.publishNow, exact: true }).click();
    await expect(page.getByText(words.goingOut).last()).toBeVisible({ timeout: 20_000 });
    await expect(sheet).toBeHidden();
  }
}

/** A time as a person chooses it. */
export interface Minute {
  /** As a date-time field takes it. */
  wall: string;
  /** The same in milliseconds since 1970. */
  at: number;
}

/** The next full minute at least `ahead` seconds from now, in `zone`. */
export function nextMinute(zone: string, ahead: number): Minute {
  const at = Math.ceil((Date.now() + ahead * 1000) / 60_000) * 60_000;
  // Swedes write dates as machines do.
  const wall = new Date(at).toLocaleString("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return { wall: wall.replace(" ", "T"), at };
}
