/** How a test looks at a page and touches it. Selectors see the composed tree, components opened up. */
import type { GeneralComponent } from 'glass-easel'
import type { Page } from './MiniProgram'
import { vi } from 'vitest'

/** @throws when nothing matches */
export function find(page: Page, selector: string): Element {
  const found = page.container.querySelector(selector)
  if (!found)
    throw new Error(`nothing on ${page.route} matches ${selector}:\n${page.container.innerHTML.replaceAll(/(?:data:image|url\()[^"]*/g, '…').slice(0, 4000)}`)
  return found
}

export const findAll = (page: Page, selector: string): Element[] => [...page.container.querySelectorAll(selector)]

/** The one that can be tapped with this text or label on it. @throws when there is none */
export function findTap(page: Page, label: string): Element {
  const found = findAll(page, '.app-tap').find(element => element.getAttribute('aria-label') === label || element.textContent === label)
  if (!found)
    throw new Error(`nothing on ${page.route} can be tapped that says ${label}; it says: ${page.container.textContent}`)
  return found
}

export const textOf = (page: Page, selector = '*'): string => findAll(page, selector)[0]?.textContent ?? ''

/** The properties WeChat would give to the native tag, after conversion by type. */
export const propsOf = (element: Element): Record<string, unknown> => componentOf(element).data

/** By which wx finds the tag. */
export const idOf = (element: Element): string => componentOf(element).id

/** An event of the native tag itself, e.g. statechange. */
export function fire(element: Element, type: string, detail: unknown = {}, options: object = {}): void {
  componentOf(element).triggerEvent(type, detail, { bubbles: false, composed: false, ...options })
}

export const tap = (element: Element): void => fire(element, 'tap', { x: 1, y: 1 }, { bubbles: true, composed: true, capturePhase: true })

export function type(input: Element, value: string): void {
  fire(input, 'input', { value, cursor: value.length })
}

/** Asks until the expectation holds; a phone needs its moments, a busy machine more of them. */
export const soon = <T>(expectation: () => T | Promise<T>): Promise<T> => vi.waitFor(expectation, { timeout: 10_000, interval: 30 })

/** glass-easel leaves on each DOM element the component that it stands for. */
function componentOf(element: Element): GeneralComponent {
  return (element as Element & { readonly __wxElement: GeneralComponent }).__wxElement
}
