// Draws the app's icons as PNGs from their SVGs: `npm run icons`, after one of them was changed.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launch } from "./browser_with_session.mjs";

const assets = new URL("../../frontend/assets/", import.meta.url);

const icons = [
  { from: "favicon.svg", to: "icons/192.png", size: 192 },
  { from: "favicon.svg", to: "icons/512.png", size: 512 },
  // Systems cut their own shape out of it: the mark stays within the middle.
  { from: "icons/maskable.svg", to: "icons/maskable-512.png", size: 512 },
  { from: "icons/maskable.svg", to: "icons/apple-touch-180.png", size: 180 },
];

const browser = await launch();
const page = await browser.newPage();
for (const { from, to, size } of icons) {
  const svg = await readFile(new URL(from, assets), "utf8");
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>html, body { margin: 0; background: none } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
  await page.screenshot({ path: fileURLToPath(new URL(to, assets)), omitBackground: true });
}
await browser.close();
