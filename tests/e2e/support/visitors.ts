/** The people of a test, each with a window; what their pages must not do is collected. */
import type { Browser } from 'playwright-core'
import type { BrowserPerson, Feed } from './browser'
import { openPerson } from './browser'

export interface Visitors {
  readonly open: (feed?: Feed) => Promise<BrowserPerson>
  /** Closes their windows. @returns errors of their pages, and what the Content-Security-Policy kept them from */
  readonly leave: () => Promise<string[]>
}

export function createVisitors(browser: () => Browser): Visitors {
  let people: BrowserPerson[] = []
  let violations: string[] = []
  return {
    async open(feed) {
      const person = await openPerson(browser(), feed)
      await person.context.exposeFunction('tellViolation', (text: string) => void violations.push(text))
      await person.context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
          (window as unknown as { tellViolation: (text: string) => void }).tellViolation(`${effectiveDirective} ${blockedURI}`)
        })
      })
      people.push(person)
      return person
    },
    async leave() {
      const all = [...people.flatMap(({ errors }) => errors), ...violations]
      await Promise.all(people.map(({ context }) => context.close()))
      people = []
      violations = []
      return all
    },
  }
}
