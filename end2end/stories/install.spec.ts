// Fanfare as an app of its own: what a browser needs to install it, in the language of the page.
import { DEMO } from "../setup/fanfare.ts";
import { open } from "../setup/frame.ts";
import { signIn } from "../setup/people.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

interface Manifest {
  id: string;
  name: string;
  lang: string;
  display: string;
  start_url: string;
  icons: { src: string; sizes: string; type: string; purpose: string }[];
  shortcuts: { name: string; url: string }[];
}

for (const language of ["en", "fr"] as const) {
  test.describe(() => {
    test.use({ locale: language === "fr" ? "fr-FR" : "en-GB" });

    test(`a browser can install it, ${language}`, async ({ page, fanfare }) => {
      await signIn(page, fanfare.url, WORDS[language], DEMO);
      const browser = await page.context().newCDPSession(page);
      const { data = "", errors, url } = await browser.send("Page.getAppManifest");
      expect(errors).toEqual([]);
      expect(new URL(url).pathname).toBe("/manifest.webmanifest");
      const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
      // A private window installs nothing; that is all it may have against it.
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);

      const manifest = JSON.parse(data) as Manifest;
      expect(manifest).toMatchObject({ id: "/", lang: language, display: "standalone", start_url: "/" });
      expect(manifest.shortcuts.map(({ name }) => name)).toEqual(
        language === "fr" ? ["Composer", "Calendrier"] : ["Compose", "Calendar"],
      );
      for (const { src, sizes, type } of manifest.icons) {
        const answer = await page.request.get(fanfare.url + src);
        expect(answer.headers()["content-type"], src).toBe(type);
        if (sizes === "any") continue;
        const drawn = await page.evaluate(async (src) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return `${image.naturalWidth}x${image.naturalHeight}`;
        }, src);
        expect(drawn, src).toBe(sizes);
      }
      for (const { url } of manifest.shortcuts) await open(page, fanfare.url + url);
    });
  });
}

test("the browser's bars take the page's colour", async ({ page, fanfare }) => {
  await signIn(page, fanfare.url, WORDS.en, DEMO, "/settings");
  const bars = () => page.locator("meta[name=theme-color]").evaluateAll((all) => all.map((bar) => bar.getAttribute("content")));
  const [light, dark] = await bars();
  expect(light).not.toBe(dark);
  const paper = (scheme: "light" | "dark") => async () => {
    await page.emulateMedia({ colorScheme: scheme });
    return page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      if (!canvas) throw new Error("no canvas");
      canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return `#${[...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
    });
  };
  expect(await paper("light")()).toBe(light);
  expect(await paper("dark")()).toBe(dark);
  await page.getByRole("main").getByRole("button", { name: "Dark" }).click();
  expect(await bars(), "whatever the device says").toEqual([dark, dark]);
  await page.reload();
  expect(await bars()).toEqual([dark, dark]);
});
