/**
 * Web: a part that is asked for cannot be had. Where the server has a newer app, the page is loaded anew and then comes whole;
 * not again within a minute, for then something else is wrong. While the network is away it stays: a page loaded without
 * one is lost.
 */
export interface NewerAppOptions {
  readonly now: () => number
  /** The page as the server has it now. Rejects when it cannot be had. */
  readonly fetchPage: () => Promise<string>
  readonly reload: () => void
}

// #ifdef H5
const KEY = 'lianmai.reloadedAt'
const PAUSE_MS = 60_000
/** The app's first script: its name changes with all that it leads to. */
const ENTRY = /<script type="module"[^>]* src="([^"]+)"/
// #endif

export function useNewerApp({ fetchPage, now, reload }: NewerAppOptions): void {
  // #ifdef H5
  const entryOf = (page: string) => ENTRY.exec(page)?.[1]
  const own = entryOf(document.documentElement.outerHTML)
  const isTooSoon = () => now() - Number(sessionStorage.getItem(KEY)) < PAUSE_MS

  async function look() {
    if (isTooSoon())
      return
    const served = await fetchPage().then(entryOf, () => undefined)
    if (served === undefined || served === own || isTooSoon())
      return
    sessionStorage.setItem(KEY, String(now()))
    reload()
  }

  // https://v5.vite.dev/guide/build#load-error-handling
  window.addEventListener('vite:preloadError', () => void look())
  // #endif
}
