import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { desktop, phone, picture } from './stage.ts';

/** How a page looks on every screen and in both themes, what axe finds, and what sticks out. Knows no surface. */

/** A page that is not there answers 404, and the browser writes that down. */
export const honest = (faults: string[]) => faults.filter((fault) => !/status of 40[134]/.test(fault));

/** Nothing is loading and nothing moves any more, apart from the video. */
export const still = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelectorAll('[aria-busy=true]').length === 0 &&
      [...document.images].every((image) => image.complete || image.loading === 'lazy') &&
      document
        .getAnimations()
        .every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations === Infinity),
  );

export async function axe(page: Page): Promise<string[]> {
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // Only faults are described, and no second page is opened to join frames: no surface has one. Half of the time.
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  if (passes.length < 8) throw new Error(`axe looked at ${passes.length} rules only`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`),
  );
}

/** What sticks out to a side, apart from what is cut off there on purpose. */
export const overflow = (page: Page) =>
  page.evaluate(() => {
    const room = document.documentElement;
    return room.scrollWidth > room.clientWidth ? `${room.scrollWidth} in ${room.clientWidth}` : '';
  });

/** Both themes and both layouts, each once; `KINORA_PICTURES=all` takes pictures of the other two as well. */
export const looks = [
  { look: 'phone-dark', colorScheme: 'dark', viewport: phone.viewport },
  { look: 'desktop-light', colorScheme: 'light', viewport: desktop.viewport },
  ...(process.env.KINORA_PICTURES === 'all'
    ? ([
        { look: 'phone-light', colorScheme: 'light', viewport: phone.viewport },
        { look: 'desktop-dark', colorScheme: 'dark', viewport: desktop.viewport },
      ] as const)
    : []),
] as const;

/** One thing in every look: its picture, and what is wrong with it. */
export async function inEveryLook(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const { look, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await still(page);
    await picture(page, `${name}-${look}`);
    if (look === 'phone-dark' || look === 'desktop-light')
      found.push(...(await axe(page)).map((one) => `${name}, ${look}: ${one}`));
    const wide = await overflow(page);
    if (wide) found.push(`${name}, ${look}: ${wide}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await still(page);
  await picture(page, `${name}-narrow`);
  const wide = await overflow(page);
  if (wide) found.push(`${name} at 320 px: ${wide}`);
  return found;
}

/** The device remembers this language, as if it had been chosen there. */
export async function speak(context: BrowserContext, language: string): Promise<void> {
  await context.addInitScript((wanted) => {
    const kept = JSON.parse(localStorage.getItem('kinora.settings') ?? '{}');
    localStorage.setItem('kinora.settings', JSON.stringify({ ...kept, language: wanted }));
  }, language);
}
