import { expect, type Locator, type Page } from "@playwright/test";

/** The calendar's days and what stands on them. Dates are `2026-11-18`. */
export class CalendarPage {
  constructor(private readonly page: Page) {}

  day(date: string): Locator {
    return this.page.locator(`[data-date="${date}"]`);
  }

  /** The post that holds `words`, on a day. */
  chip(date: string, words: string): Locator {
    return this.day(date).getByRole("link", { name: words });
  }

  async shows(date: string, words: string): Promise<void> {
    await expect(this.chip(date, words)).toBeVisible();
  }

  /** Drags by mouse, as a hand does: press, move in steps, let go. */
  async drag(words: string, from: string, to: string): Promise<void> {
    await this.chip(from, words).hover();
    await this.page.mouse.down();
    await this.day(to).scrollIntoViewIfNeeded();
    const box = await this.day(to).boundingBox();
    if (!box) throw new Error(`${to} isn't shown`);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height - 12, { steps: 8 });
    await expect(this.day(to)).toHaveClass(/is-target/);
    await this.page.mouse.up();
  }

  /** A finger that moves at once: it scrolls. */
  async swipe(over: Locator): Promise<void> {
    const touch = await this.page.context().newCDPSession(this.page);
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    if (!box) throw new Error("not shown");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (const by of [20, 60, 120]) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y - by }] });
    // Longer than a long press takes.
    await this.page.waitForTimeout(500);
    await expect(this.page.locator(".is-target"), "nothing is lifted").toHaveCount(0);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  /** Drags by a finger: press long, then move. */
  async dragByTouch(words: string, from: string, to: string): Promise<void> {
    const touch = await this.page.context().newCDPSession(this.page);
    const at = async (place: Locator) => {
      const box = await place.boundingBox();
      if (!box) throw new Error("not shown");
      return [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    };
    await this.chip(from, words).scrollIntoViewIfNeeded();
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: await at(this.chip(from, words)) });
    await expect(this.day(from)).toHaveClass(/is-target/);
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: await at(this.day(to)) });
    await expect(this.day(to)).toHaveClass(/is-target/);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
}

/** A day of a month that lies wholly ahead: the month after the next. */
export function dayAhead(day: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, day)).toISOString().slice(0, 10);
}
