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
    const { x, y, width, height } = await box(this.day(to));
    await this.page.mouse.move(x + width / 2, y + height - 12, { steps: 8 });
    await expect(this.day(to)).toHaveClass(/is-target/);
    await this.page.mouse.up();
  }

  /** In a week or a day: drags by mouse to a time, such as `14:15`. */
  async dragToTime(words: string, from: string, to: string, time: string): Promise<void> {
    await this.scrollHours("08:00");
    const chip = await box(this.chip(from, words));
    await this.page.mouse.move(chip.x + chip.width / 2, chip.y + 8);
    await this.page.mouse.down();
    const column = await box(this.day(to));
    await this.page.mouse.move(column.x + column.width / 2, (await this.placeOf(to, time)) + 8, { steps: 8 });
    await expect(this.day(to).locator(".landing")).toHaveText(time);
    await this.page.mouse.up();
  }

  /** Where a time begins in a day's column, in CSS pixels from the window's upper edge. */
  async placeOf(date: string, time: string): Promise<number> {
    const column = await box(this.day(date));
    const [hour, minute] = time.split(":").map(Number);
    return column.y + ((hour * 60 + minute) / (24 * 60)) * column.height + 1;
  }

  /** Scrolls the hours so that they begin with a time. */
  async scrollHours(time: string): Promise<void> {
    const share = Number(time.slice(0, 2)) / 24;
    await this.page.locator(".week-scroll").evaluate((hours, share) => hours.scrollTo(0, share * hours.scrollHeight), share);
  }

  /** The time at which a post stands. */
  time(date: string, words: string): Locator {
    return this.chip(date, words).locator("time");
  }

  /** A finger that moves at once: it scrolls. */
  async swipe(over: Locator): Promise<void> {
    const touch = await this.page.context().newCDPSession(this.page);
    await over.scrollIntoViewIfNeeded();
    const { x, y } = middle(await box(over));
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    for (const by of [20, 60, 120]) await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y - by }] });
    // Longer than a long press takes.
    await this.page.waitForTimeout(500);
    await expect(this.page.locator(".is-target"), "nothing is lifted").toHaveCount(0);
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  /** Drags by a finger: press long, then move to the middle of `to`, or to another place. */
  async dragByTouch(words: string, from: string, to: Locator, place = middle): Promise<void> {
    const touch = await this.page.context().newCDPSession(this.page);
    const chip = this.chip(from, words);
    // It is drawn anew when what it stands on changes.
    await expect(() => chip.scrollIntoViewIfNeeded()).toPass();
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [middle(await box(chip))] });
    await expect(this.page.locator(".chip.is-lifted")).toBeVisible();
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [place(await box(to))] });
    // A day is marked as a whole, a column at the time.
    await expect(to.and(this.page.locator(".is-target")).or(to.locator(".landing"))).toBeVisible();
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function box(place: Locator): Promise<Box> {
  const box = await place.boundingBox();
  if (!box) throw new Error("not shown");
  return box;
}

function middle({ x, y, width, height }: Box) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** A day of a month that lies wholly ahead: the month after the next. */
export function dayAhead(day: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, day)).toISOString().slice(0, 10);
}
