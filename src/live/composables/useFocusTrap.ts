/**
 * Web only: while a sheet or dialog is open the keyboard stays inside it, Escape closes it, and afterwards the focus is
 * back where it was. In a mini-program there is no keyboard focus and this does nothing.
 *
 * @param id of the sheet's element
 * @param isOpen while it is true the trap holds
 * @param close what Escape does
 * @param options.isPatient it opened by itself: whoever is writing goes on, and comes in by Tab or on leaving the field
 */
import type { Ref } from 'vue'
import { nextTick, onBeforeUnmount, onUpdated, watch } from 'vue'

const FOCUSABLE = '[tabindex="0"], input, textarea, select, a[href], button:not([disabled])'

export function useFocusTrap(id: string, isOpen: Readonly<Ref<boolean>>, close: () => void, { isPatient = false } = {}): void {
  // #ifdef H5
  let before: HTMLElement | null = null

  const inside = () => [...document.getElementById(id)?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? []]

  /** What is hidden takes no focus. */
  const isReached = (stop: HTMLElement) => {
    stop.focus()
    return document.activeElement === stop
  }

  const isLetWrite = () => {
    const { activeElement } = document
    return isPatient && activeElement !== null && activeElement.matches('input, textarea') && !inside().includes(activeElement as HTMLElement)
  }

  function onKeydown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !isLetWrite()) {
      event.stopPropagation()
      close()
    }
    if (event.key !== 'Tab')
      return
    const stops = inside()
    const at = stops.indexOf(document.activeElement as HTMLElement)
    const others = [...stops.slice(at + 1), ...stops.slice(0, Math.max(at, 0))]
    event.preventDefault()
    void (event.shiftKey ? others.reverse() : others).find(isReached)
  }

  function release() {
    document.removeEventListener('keydown', onKeydown, true)
    before?.focus()
    before = null
  }

  watch(isOpen, async (open) => {
    if (!open)
      return release()
    before = document.activeElement as HTMLElement | null
    document.addEventListener('keydown', onKeydown, true)
    await nextTick()
    if (!isLetWrite())
      inside()[0]?.focus()
  }, { immediate: true })
  // What had the focus is gone with what it was in.
  onUpdated(() => isOpen.value && document.activeElement === document.body && inside()[0]?.focus())
  onBeforeUnmount(release)
  // #endif
}
