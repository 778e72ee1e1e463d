/**
 * A token of another account system comes with the address (`#account_token=…`, or `account_token` in the query of a page), or
 * from the page that holds the app. It is kept nowhere: not in the address, not in the history, not on the device.
 */
import type { AccountToken } from '@/src/ports/AccountToken'
import type { Clock } from '@/src/ports/Clock'

declare global {
  interface Window {
    /** Defined before the app's script runs; asked whenever a session has to be opened. */
    lianmaiAccountToken?: () => Promise<string>
  }
}

export const TOKEN_TIMEOUT_MS = 5000
const NAME = 'account_token'
/** No page's path, but a query; the router of an app that runs already puts a slash before it. */
const BARE = /^#(?!\/)(.*)|^#\/(account_token=.*)/

/** Undefined where nobody brings tokens along. To be called before the router reads the address. */
export function createWebAccountToken(clock: Pick<Clock, 'after'>): AccountToken | undefined {
  const { token, rest } = split(location.hash)
  if (token !== undefined)
    history.replaceState(null, '', location.pathname + location.search + rest)
  // Followed in a window where the app runs already, such an address loads nothing.
  window.addEventListener('hashchange', () => split(location.hash).token !== undefined && location.reload())

  const ask = window.lianmaiAccountToken
  if (token !== undefined)
    return async () => token
  return ask && (() => new Promise((resolve) => {
    const stop = clock.after(TOKEN_TIMEOUT_MS, () => resolve(undefined))
    const settle = (answer?: string) => {
      stop()
      resolve(answer || undefined)
    }
    ask().then(settle, () => settle())
  }))
}

function split(hash: string): { readonly token?: string, readonly rest: string } {
  const bare = BARE.exec(hash)
  const [path, query = ''] = bare ? ['', bare[1] ?? bare[2]] : hash.slice(1).split(/\?(.*)/)
  const token = new URLSearchParams(query).get(NAME) || undefined
  const others = query.split('&').filter(part => !part.startsWith(`${NAME}=`)).join('&')
  return { token, rest: `#${path || '/'}${others && `?${others}`}` }
}
