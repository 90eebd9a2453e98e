// The pictures of the README: `node setup/pictures.mjs ADDRESS`, of a Fanfare that runs `fanfare demo`. Writes to docs/images.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser_with_session.mjs";

const address = process.argv[2] ?? "http://127.0.0.1:3000";
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs/images");
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

const PICTURES = [
  { name: "calendar", path: "/calendar" },
  { name: "home", path: "/" },
  { name: "compare", path: "/analytics/compare?range=half", then: compare },
  { name: "composer", path: "/posts?tab=scheduled", then: compose },
  { name: "week-dark", path: "/calendar?view=week", scheme: "dark" },
  { name: "phone", path: "/calendar", size: PHONE },
];

/** Chooses accounts to compare, if none are. */
async function compare(page) {
  await page.locator("canvas, svg").first().waitFor();
}

async function compose(page) {
  await page.getByRole("table").getByRole("link").first().click();
  await page.waitForURL(/\/posts\/[0-9a-f-]{36}$/);
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByRole("dialog").waitFor();
}

const browser = await launch();
try {
  await mkdir(folder, { recursive: true });
  for (const { name, path, then, scheme = "light", size = DESK } of PICTURES) {
    const context = await browser.newContext({ viewport: size, colorScheme: scheme, locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${address}/signin`);
    await page.getByRole("button", { name: /Walk in as Camille Roy/ }).click();
    await page.waitForURL(`${address}/`);
    await page.goto(address + path);
    await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    await then?.(page);
    // Pictures and charts come after the page.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
    await context.close();
  }
} finally {
  await browser.close();
}
