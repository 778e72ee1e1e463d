/**
 * Web: the server has a newer app, and the part that is asked for now is not there any more. Reloads the page, which then
 * comes whole; not again within a minute, for then something else is wrong.
 */
// #ifdef H5
const KEY = 'lianmai.reloadedAt'
const PAUSE_MS = 60_000
// #endif

export function useNewerApp(now: () => number, reload: () => void): void {
  // #ifdef H5
  // https://v5.vite.dev/guide/build#load-error-handling
  window.addEventListener('vite:preloadError', (event) => {
    if (now() - Number(sessionStorage.getItem(KEY)) < PAUSE_MS)
      return
    event.preventDefault()
    sessionStorage.setItem(KEY, String(now()))
    reload()
  })
  // #endif
}
