/** A phone's screen in Chromium: touched by real clicks, measured, photographed. */
import type { Browser, Page } from 'playwright-core'
import type { Answers, Fault } from './contract'
import path from 'node:path'
import { SCREEN } from '../support/wx/device'

/** Where the pictures are kept to be looked at. */
const PICTURES = path.resolve(import.meta.dirname, '../../../unpackage/screens/mp')

export interface Screen {
  readonly page: Page
  /** Touches what says this, or what a screen reader says so of. */
  readonly tap: (label: string) => Promise<void>
  readonly fire: (selector: string, type: string, detail?: object) => Promise<void>
  readonly route: () => Promise<string>
  /** Photographs the page under this name, then measures it. */
  readonly inspect: (name: string) => Promise<Fault[]>
  /** Everything that went wrong so far, of the page's scripts and of WeChat's framework. */
  readonly complaints: () => Promise<string[]>
  readonly close: () => Promise<void>
}

/** `url`: the page to start with, as a link names it; home otherwise. */
export async function openScreen(browser: Browser, standUrl: string, url?: string, answers: Answers = {}): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: SCREEN.windowWidth, height: SCREEN.windowHeight }, deviceScaleFactor: 2, locale: 'zh-CN', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.stack ?? String(error)))
  await page.goto(standUrl)
  await page.evaluate(start => window.phone.start(start), { url, answers })
  return {
    page,
    tap: label => page.locator('page:last-of-type .app-tap:visible', { has: page.getByText(label, { exact: true }) })
      .or(page.locator(`page:last-of-type .app-tap[aria-label="${label}"]:visible`))
      .first()
      .click(),
    fire: (selector, type, detail = {}) => page.evaluate(([selector, type, detail]) => window.phone.fire(selector, type, detail), [selector, type, detail] as const),
    route: () => page.evaluate(() => window.phone.route()),
    async inspect(name) {
      await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
      await page.screenshot({ path: path.join(PICTURES, `${name}.png`) })
      return page.evaluate(() => window.phone.faults())
    },
    complaints: async () => [...errors, ...await page.evaluate(() => window.phone.warnings())],
    close: () => context.close(),
  }
}
