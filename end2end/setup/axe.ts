import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Notes a line for each place where the page is hard to use for somebody. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // In the page itself: there are no frames of others, for which another page would be opened and closed each time.
  // The nodes that are right are counted, not told: half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] }).analyze();
  const lines = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  at ${target.join(" ")}\n  ${failureSummary ?? ""}`),
  );
  expect.soft(lines, `axe on ${where}`).toEqual([]);
}
