import type { GeneralComponent } from 'glass-easel'
import type { Files } from '../../support/appJson'
import type { Callbacks } from '../../support/wx/answer'
/** Runs inside the browser: the compiled mini-program on a screen that a person can touch. */
import type { Answers, Fault, Start } from '../contract'
import { createMiniProgram } from '../../support/MiniProgram'
import { succeed } from '../../support/wx/answer'
import { CAPSULE } from '../../support/wx/device'
import { drawTags } from './drawTags'
import { findFaults } from './findFaults'

declare global {
  interface Window {
    phone: {
      readonly start: (start: Start) => Promise<void>
      readonly route: () => string
      /** An event of a native tag. */
      readonly fire: (selector: string, type: string, detail: object) => void
      readonly warnings: () => readonly string[]
      readonly faults: () => Fault[]
    }
  }
}

type Drawn = Element & { readonly __wxElement?: GeneralComponent }

/** Each answers as wx does: at once when asked without callbacks. */
function toFunctions(answers: Answers) {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) =>
    [name, (options?: Callbacks) => options?.success ? succeed(name, options, answer) : answer]))
}

async function start({ url, answers }: Start) {
  const files: Files = await (await fetch('/build.json')).json()
  const program = createMiniProgram(files, toFunctions(answers))
  drawTags()
  drawCapsule()
  document.addEventListener('click', ({ target, clientX, clientY }) =>
    componentAt(target as Drawn)?.triggerEvent('tap', { x: clientX, y: clientY }, { bubbles: true, composed: true, capturePhase: true }))
  document.addEventListener('input', ({ target }) => {
    const { value } = target as HTMLInputElement
    componentAt(target as Drawn)?.triggerEvent('input', { value, cursor: value.length }, { bubbles: false, composed: false })
  })
  Object.assign(window.phone, {
    route: () => program.page().route,
    fire: (selector: string, type: string, detail: object) =>
      componentAt(program.page().container.querySelector(selector)!)!.triggerEvent(type, detail, { bubbles: false, composed: false }),
    warnings: () => program.warnings,
    faults: () => findFaults(program.page().container),
  })
  program.launch(url)
}

/** What glass-easel drew there. */
function componentAt(element: Drawn | null): GeneralComponent | undefined {
  return element ? element.__wxElement ?? componentAt(element.parentElement as Drawn | null) : undefined
}

function drawCapsule() {
  const { left, top, width, height } = CAPSULE
  const capsule = document.body.appendChild(document.createElement('div'))
  capsule.className = 'capsule'
  Object.assign(capsule.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` })
}

window.phone = { start } as typeof window.phone
