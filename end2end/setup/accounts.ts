import { expect, type Locator, type Page } from "@playwright/test";
import type { Fanfare } from "./fanfare.ts";
import { arrived, open } from "./frame.ts";
import type { BlueskyAccount, BlueskyServer } from "./pds.ts";
import type { Platform } from "./sandbox.ts";
import { NAMES, type Words } from "./words.ts";

type OAuthPlatform = Exclude<Platform, "bluesky">;

/** The page of accounts. */
export class AccountsPage {
  constructor(
    private readonly page: Page,
    private readonly fanfare: Fanfare,
    private readonly words: Words,
  ) {}

  async open(): Promise<void> {
    await open(this.page, `${this.fanfare.url}/accounts`);
  }

  /** Connects `person` by the platform's consent page. */
  async connect(platform: OAuthPlatform, person: string): Promise<void> {
    await this.toConsent(platform);
    await this.consent(person);
    await arrived(this.page, "/accounts");
    await expect(this.page.getByText(this.words.isConnected(NAMES[platform]))).toBeVisible();
  }

  /** Gives the consent for Facebook, up to the choice among the Pages that `person` manages. */
  async chooseFacebookPages(person: string): Promise<void> {
    await this.toConsent("facebook");
    await this.consent(person);
    await arrived(this.page, /^\/accounts\/choose\//);
    await expect(this.page.getByRole("heading", { name: this.words.chooseAccounts })).toBeVisible();
  }

  /** Connects one of the Pages that `person` manages at Facebook, named `wanted`. */
  async connectFacebookPage(person: string, wanted: string): Promise<void> {
    await this.chooseFacebookPages(person);
    const choices = await this.page.getByRole("checkbox").all();
    expect(choices.length, "Pages to choose from").toBeGreaterThan(1);
    for (const choice of choices) await choice.uncheck();
    await this.page.getByRole("checkbox", { name: new RegExp(wanted) }).check();
    await this.page.getByRole("button", { name: this.words.addChosen, exact: true }).click();
    await arrived(this.page, "/accounts");
    await expect(this.page.getByText(this.words.areConnected(1))).toBeVisible();
  }

  /** Connects an account of a Bluesky server by its app password. */
  async connectBluesky(server: BlueskyServer, account: BlueskyAccount): Promise<void> {
    await this.fillBluesky(server.url, account.handle, account.appPassword);
    await expect(this.page.getByText(this.words.isConnected(NAMES.bluesky))).toBeVisible({ timeout: 20_000 });
  }

  /** Connects an account of the sandbox's Bluesky, whose server is the default. */
  async connectSandboxBluesky(handle: string): Promise<void> {
    await this.fillBluesky("", handle, await this.fanfare.sandbox.appPassword(handle));
    await expect(this.page.getByText(this.words.isConnected(NAMES.bluesky))).toBeVisible({ timeout: 20_000 });
  }

  /** The form for Bluesky. */
  blueskyForm(): Locator {
    return this.page.locator("#bluesky");
  }

  /** Opens the form for Bluesky and sends it. */
  async fillBluesky(host: string, handle: string, appPassword: string): Promise<void> {
    const { words } = this;
    const offer = this.blueskyForm();
    await offer.locator("summary").first().click();
    await offer.getByLabel(words.handle, { exact: true }).fill(handle);
    await offer.getByLabel(words.appPassword, { exact: true }).fill(appPassword);
    await offer.getByLabel(words.server, { exact: true }).fill(host);
    await offer.getByRole("button", { name: words.connect, exact: true }).click();
  }

  /** Goes to the platform's consent page. */
  async toConsent(platform: OAuthPlatform): Promise<void> {
    await this.page.getByRole("button", { name: this.words.connectPlatform(NAMES[platform]), exact: true }).click();
    await this.page.waitForURL(`${this.fanfare.sandbox.url}/**`);
  }

  /** On the consent page: allows everything as `person`, except what is named. */
  async consent(person: string, ...except: string[]): Promise<void> {
    const { page } = this;
    await page.waitForURL(`${this.fanfare.sandbox.url}/**`);
    await page.getByRole("radio", { name: new RegExp(`@${person}\\b`) }).check();
    for (const scope of except) await page.getByRole("checkbox", { name: scope, exact: true }).uncheck();
    await page.getByRole("button", { name: this.words.authorize }).click();
  }

  /** The line of a connected account; `name` is platform and handle, such as `X, @maya`; LinkedIn has no handles. */
  row(name: string): Locator {
    return this.page.locator(".account-rows > li").filter({ hasText: name });
  }
}
