import type { BrowserContext } from "@playwright/test";

/**
 * Marks a page (`html[data-hydrated]`) once the app has taken it over: its router listens to the history from then on,
 * and what follows in the same task attaches the rest.
 */
export async function markHydration(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const listen = window.addEventListener;
    window.addEventListener = function (this: Window, type: string, ...rest: [never, never]) {
      if (type === "popstate") setTimeout(() => (document.documentElement.dataset.hydrated = ""));
      return listen.call(this, type, ...rest);
    } as typeof listen;
  });
}
