// Numbers: an account's page, a sync, two accounts compared, and a CSV that says what the screen says.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../setup/axe.ts";
import { arrived, goTo, open, openMenu, toast } from "../setup/frame.ts";
import { root } from "../setup/process.ts";
import { expect, test } from "../setup/test.ts";

const WORDS = {
  en: {
    place: "Analytics",
    compare: "Compare",
    followers: "Followers",
    indexed: "Indexed to 100",
    choose: "Choose accounts",
    show: "Show",
    table: "The numbers, day by day",
    sync: "Sync now",
    begun: "The sync has begun.",
    synced: /^Synced today/,
    log: "Sync log",
    asked: "Asked for",
    day: "Day",
    csv: "CSV",
    walkIn: /Walk in as Camille Roy/,
  },
  fr: {
    place: "Statistiques",
    compare: "Comparer",
    followers: "Abonnés",
    indexed: "Indice 100",
    choose: "Choisir les comptes",
    show: "Afficher",
    table: "Les chiffres, jour par jour",
    sync: "Synchroniser",
    begun: "La synchronisation a commencé.",
    synced: /^Synchronisé aujourd’hui/,
    log: "Journal des synchronisations",
    asked: "À la demande",
    day: "Jour",
    csv: "CSV",
    walkIn: /Entrer en tant que Camille Roy/,
  },
};

/** Rows of a CSV file whose fields hold no line break. */
function rows(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) => field.replace(/^"|"$/g, "").replaceAll('""', '"')));
}

/** The chart's lines are drawn: some of its canvas isn't empty. */
async function expectDrawn(page: Page): Promise<void> {
  const canvas = page.locator(".plot canvas").first();
  await expect(canvas).toBeVisible({ timeout: 30_000 });
  await expect
    .poll(() =>
      canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const data = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
        return data.some((value, place) => place % 4 === 3 && value > 0);
      }),
    )
    .toBe(true);
}

for (const language of ["en", "fr"] as const) {
  const words = WORDS[language];

  test.describe(`in ${language === "fr" ? "French" : "English"}`, () => {
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB" });

    test("an account is synced, two are compared, and the CSV says what the screen says", async ({ page, launch }) => {
      const fanfare = await launch("demo", {}, "normal");
      await open(page, `${fanfare.url}/signin`);
      await page.getByRole("button", { name: words.walkIn }).click();
      await arrived(page, "/");

      await test.step("the start page shows the week", async () => {
        await expect(page.locator(".week-figures > div")).toHaveCount(6);
        await expect(page.locator(".best li")).toHaveCount(5);
      });

      await test.step("an account's page is drawn and is synced when asked", async () => {
        await goTo(page, words.place);
        await expect(page.locator(".stat-value").first()).toBeVisible();
        await expectDrawn(page);
        await expectAccessible(page, `an account's numbers, ${language}`);
        await page.getByRole("button", { name: words.sync }).click();
        await expect(toast(page, words.begun)).toBeVisible();
        await expect(page.locator(".sync [role=status]")).toHaveText(words.synced, { timeout: 30_000 });
        await page.getByText(words.log).click();
        await expect(page.locator(".sync-log").getByRole("row").filter({ hasText: words.asked })).toHaveCount(1);
      });

      await test.step("two accounts are laid over each other", async () => {
        await page.getByRole("link", { name: words.compare, exact: true }).first().click();
        await page.waitForURL(/\/analytics\/compare/);
        const menu = await openMenu(page, words.choose);
        const boxes = menu.getByRole("checkbox");
        for (const box of (await boxes.all()).slice(2)) await box.uncheck();
        await menu.getByRole("button", { name: words.show }).click();
        await page.waitForURL(/account=/);
        await expect(page.locator(".rank tbody tr")).toHaveCount(2);
        await expectDrawn(page);
        await expectAccessible(page, `accounts compared, ${language}`);
      });

      await test.step("the CSV says what the screen says", async () => {
        const waiting = page.waitForEvent("download");
        await page.getByRole("link", { name: words.csv, exact: true }).click();
        const file = await (await waiting).path();
        const [head, ...lines] = rows(await readFile(file, "utf8"));
        const [day, account, followers] = ["day", "account", "followers"].map((name) => head.indexOf(name));
        await page.getByText(words.table).click();
        const table = page.locator(".chart-table table");
        const names = (await table.getByRole("columnheader").allInnerTexts()).slice(1);
        expect(names).toHaveLength(2);
        const days = [...new Set(lines.map((line) => line[day]))].sort().reverse();
        const shown = await table.locator("tbody tr").evaluateAll((all) =>
          all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent?.replaceAll(/[^0-9]/g, "") ?? "")),
        );
        expect(shown).toHaveLength(days.length);
        days.forEach((date, place) =>
          names.forEach((name, column) => {
            const told = lines.find((line) => line[day] === date && name.endsWith(line[account]));
            expect(shown[place][column], `${name} on ${date}`).toBe(told?.[followers] ?? "");
          }),
        );
      });

      await test.step("growth is compared by an index", async () => {
        await page.getByRole("link", { name: words.indexed }).click();
        await page.waitForURL(/scale=index/);
        const first = page.locator(".chart-table tbody tr").last().locator("td").first();
        await expect(first).toHaveText(/^100[.,]0$/);
      });

      await page.screenshot({
        path: join(root, `end2end/test-results/screens/compare-demo-1280-${language}.png`),
        fullPage: true,
        animations: "disabled",
      });
    });
  });
}
