/** Where the chat is. An empty server URL means the server that the page came from, which only a page can know. */
export function socketUrl(serverUrl: string): string {
  let base = serverUrl
  // #ifdef H5
  base ||= location.origin
  // #endif
  return `${base.replace(/^http/, 'ws')}/ws`
}
