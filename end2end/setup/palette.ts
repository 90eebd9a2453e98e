import { expect, type Locator, type Page } from "@playwright/test";
import type { Language } from "./words.ts";

/** What people read in the command palette, as far as the stories look for it. */
export const PALETTE = {
  en: {
    open: "Search",
    title: "Search and commands",
    settings: "Settings",
    settingsTyped: "sett",
    dark: "Theme: Dark",
    darkTyped: "dark the",
    sync: "Read an account’s numbers now…",
    syncTyped: "numbers",
    whose: "Whose numbers?",
    syncBegun: "The numbers are being read.",
    nothing: "Nothing found for “zzzz”.",
    other: "Language: Français",
  },
  fr: {
    open: "Rechercher",
    title: "Recherche et commandes",
    settings: "Réglages",
    settingsTyped: "regl",
    dark: "Thème : Sombre",
    darkTyped: "sombre the",
    sync: "Lire maintenant les chiffres d’un compte…",
    syncTyped: "chiffres",
    whose: "Les chiffres de quel compte ?",
    syncBegun: "Les chiffres sont en cours de lecture.",
    nothing: "Rien trouvé pour « zzzz ».",
    other: "Langue : English",
  },
};

/** The command palette. */
export class Palette {
  readonly dialog: Locator;
  readonly field: Locator;

  constructor(
    private readonly page: Page,
    language: Language,
  ) {
    this.dialog = page.getByRole("dialog", { name: PALETTE[language].title });
    this.field = this.dialog.getByRole("combobox");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await this.isOpen();
  }

  async isOpen(): Promise<void> {
    await expect(this.dialog).toBeVisible();
    await expect(this.field).toBeFocused();
    await expect(this.field, "nothing is remembered").toHaveValue("");
  }

  row(name: string | RegExp): Locator {
    return this.dialog.getByRole("option", { name });
  }

  /** Types, goes down to the row, and takes it. */
  async take(typed: string, name: string | RegExp): Promise<void> {
    await this.field.pressSequentially(typed);
    await expect(this.row(name)).toBeVisible();
    for (let steps = 0; steps < 30 && !(await this.isActive(name)); steps++) await this.page.keyboard.press("ArrowDown");
    expect(await this.isActive(name), `${name} is reached by arrows`).toBe(true);
    await this.page.keyboard.press("Enter");
  }

  private async isActive(name: string | RegExp): Promise<boolean> {
    const id = await this.row(name).first().getAttribute("id");
    return (await this.field.getAttribute("aria-activedescendant")) === id;
  }
}
