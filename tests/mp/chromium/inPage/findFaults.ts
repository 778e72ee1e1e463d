/** Measures a page as it is drawn. */
import type { Fault } from '../contract'
import { CAPSULE, SCREEN } from '../../support/wx/device'

/** Without slider and switch, whose size is WeChat's. */
const TOUCHED = '.app-tap, input, textarea, button'
/** px, of a finger. */
const FINGER = 44
/** px, of a field's frame, which is not the field. */
const BORDERS = 2
/** px, of rounding. */
const SLACK = 1

export function findFaults(page: Element): Fault[] {
  const touched = [...page.querySelectorAll(TOUCHED)].filter(isSeen)
  const texts = [...page.querySelectorAll('*')].filter(element => isSeen(element) && hasText(element))
  return [
    ...[...touched, ...texts].flatMap(findCapsule),
    ...[...touched, ...texts].flatMap(findSideways),
    ...texts.flatMap(findCut),
    ...[...page.querySelectorAll('input')].filter(isSeen).flatMap(findCutPlaceholder),
    ...findOrder([...page.querySelectorAll('*')]),
    ...touched.flatMap(findSmall), // last: it scrolls
  ]
}

function findCapsule(element: Element): Fault[] {
  const box = element.getBoundingClientRect()
  const isBackdrop = box.height > SCREEN.windowHeight / 2
  const isUnder = box.left < CAPSULE.right && box.right > CAPSULE.left && box.top < CAPSULE.bottom && box.bottom > CAPSULE.top
  return isUnder && !isBackdrop ? [fault('capsule', element, box)] : []
}

function findSideways(element: Element): Fault[] {
  const box = element.getBoundingClientRect()
  const isOutside = box.left < -SLACK || box.right > SCREEN.windowWidth + SLACK
  return isOutside && !ancestors(element).some(parent => isScrolled(parent, 'overflowX')) ? [fault('sideways', element, box)] : []
}

/** Text of which a part is hidden where no ellipsis says so and nothing scrolls. */
function findCut(element: Element): Fault[] {
  const range = document.createRange()
  range.selectNodeContents(element)
  const text = range.getBoundingClientRect()
  for (const parent of [element, ...ancestors(element)]) {
    const style = getComputedStyle(parent)
    if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none' || isScrolled(parent, 'overflowX') || isScrolled(parent, 'overflowY'))
      return []
    const box = parent.getBoundingClientRect()
    if (style.overflowX !== 'visible' && (text.left < box.left - SLACK || text.right > box.right + SLACK || text.top < box.top - 2 * SLACK || text.bottom > box.bottom + 2 * SLACK))
      return [fault('cut', element, text)]
  }
  return []
}

function findCutPlaceholder(input: HTMLInputElement): Fault[] {
  const pen = document.createElement('canvas').getContext('2d')!
  pen.font = getComputedStyle(input).font
  const { width } = pen.measureText(input.placeholder)
  const box = input.getBoundingClientRect()
  return width > box.width && getComputedStyle(input).textOverflow !== 'ellipsis' ? [fault('cut', input, box)] : []
}

/** Elements that stand elsewhere when the components' styles come in another order. */
function findOrder(elements: Element[]): Fault[] {
  const sheets = document.querySelectorAll<HTMLLinkElement>('link')
  const swap = () => sheets.forEach(sheet => sheet.media = sheet.media === 'not all' ? 'all' : 'not all')
  const measure = () => elements.map(element => element.getBoundingClientRect())
  const before = measure()
  swap()
  const after = measure()
  swap()
  return elements.flatMap((element, index) => JSON.stringify(before[index]) === JSON.stringify(after[index]) ? [] : [fault('order', element, after[index])])
}

/** By where a touch lands, not by what is drawn: a target may be larger than its picture. */
function findSmall(element: Element): Fault[] {
  element.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const lands = (dx: number, dy: number) => {
    const hit = document.elementFromPoint(x + dx, y + dy)
    return hit !== null && (element === hit || element.contains(hit))
  }
  if (!lands(0, 0))
    return [] // something lies over it, e.g. a sheet
  const reach = (dx: number, dy: number) => {
    let length = 0
    while (length < FINGER && lands(dx * (length + 1), dy * (length + 1)))
      length++
    return length
  }
  const [across, down] = [reach(-1, 0) + reach(1, 0) + 1, reach(0, -1) + reach(0, 1) + 1]
  return Math.min(across, down) < FINGER - BORDERS ? [{ kind: 'small', what: name(element), detail: `${across}×${down}` }] : []
}

function isSeen(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  return width > SLACK && height > SLACK && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
}

const hasText = (element: Element) => [...element.childNodes].some(({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent!.trim() !== '')

const isScrolled = (element: Element, axis: 'overflowX' | 'overflowY') => /auto|scroll/.test(getComputedStyle(element)[axis])

function ancestors({ parentElement }: Element): Element[] {
  return parentElement ? [parentElement, ...ancestors(parentElement)] : []
}

function fault(kind: Fault['kind'], element: Element, { left, top, width, height }: DOMRect): Fault {
  return { kind, what: name(element), detail: `${[left, top].map(Math.round)} ${[width, height].map(Math.round).join('×')}` }
}

function name(element: Element): string {
  const classes = [...element.classList].filter(name => !name.startsWith('_')).join('.')
  const words = element.getAttribute('aria-label') ?? element.textContent!.trim().slice(0, 20)
  return `${element.localName}.${classes} ${words}`.trim()
}
