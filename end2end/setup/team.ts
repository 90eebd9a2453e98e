import { expect, type Locator, type Page } from "@playwright/test";

/** The page of the team, in English. */
export class TeamPage {
  constructor(private readonly page: Page) {}

  /** Makes an invitation and gives its link, which is shown this once. */
  async invite(role: "Viewer" | "Editor" | "Admin" | "Owner"): Promise<string> {
    const { page } = this;
    await page.getByLabel("Role", { exact: true }).selectOption({ label: role });
    await page.getByRole("button", { name: "Make the link" }).click();
    await expect(page.getByText("The link is ready.")).toBeVisible();
    return page.getByLabel("Invitation link").inputValue();
  }

  member(email: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: email });
  }
}
