/** How a test looks at a page and touches it. Selectors see the composed tree, components opened up. */
import type { Page } from './MiniProgram'

/** @throws when nothing matches */
export function find(page: Page, selector: string): Element {
  const found = page.container.querySelector(selector)
  if (!found)
    throw new Error(`nothing on ${page.route} matches ${selector}:\n${page.container.innerHTML.slice(0, 4000)}`)
  return found
}

export const findAll = (page: Page, selector: string): Element[] => [...page.container.querySelectorAll(selector)]
export const textOf = (page: Page, selector = '*'): string => findAll(page, selector)[0]?.textContent ?? ''

/** The properties WeChat would give to the native tag, after conversion by type. */
export const propsOf = (element: Element): Record<string, unknown> => (element as any).__wxElement.data

/** An event of the native tag itself, e.g. statechange. */
export function fire(element: Element, type: string, detail: unknown = {}, options: object = {}): void {
  (element as any).__wxElement.triggerEvent(type, detail, { bubbles: false, composed: false, ...options })
}

export const tap = (element: Element): void => fire(element, 'tap', { x: 1, y: 1 }, { bubbles: true, composed: true, capturePhase: true })

export function type(input: Element, value: string): void {
  fire(input, 'input', { value, cursor: value.length })
}
