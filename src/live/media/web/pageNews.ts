/** What a browser tells of the page around a stream. A hidden tab goes on: it is never told as hidden. */
import type { ListenOutside } from '../recovery/createRecovery'
import type { Browser } from './browser'

export function listenToPage(browser: Pick<Browser, 'onPageHide' | 'onPageVisible' | 'onNetwork' | 'isOnline'>): ListenOutside {
  return (hear) => {
    if (!browser.isOnline())
      hear({ type: 'network', isOnline: false })
    const stops = [
      browser.onPageHide(() => hear({ type: 'suspend' })),
      browser.onPageVisible(() => hear({ type: 'shown' })),
      browser.onNetwork(() => hear({ type: 'network', isOnline: browser.isOnline() })),
    ]
    return () => stops.forEach(stop => stop())
  }
}
