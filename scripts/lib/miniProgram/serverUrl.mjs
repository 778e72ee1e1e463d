import net from 'node:net'
import { Problem } from '../problem.mjs'

/** A phone reaches neither, whatever its network. */
const ONLY_THIS_MACHINE = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/

/**
 * The server's address goes into the build: it must be one that the phones of those who will open it can reach.
 *
 * @param {'preview' | 'upload'} action who previews may switch WeChat's check of domains off; the public may not
 * @param {string | undefined} text VITE_SERVER_URL
 * @throws Problem unless it fits
 */
export function checkServerUrl(action, text) {
  const example = action === 'preview' ? 'https://live.example.com, or http://192.168.1.20:8080 in your own network' : 'https://live.example.com'
  if (!text)
    throw new Problem(`Set VITE_SERVER_URL to the server's address (${example}): without it the mini-program looks for the server on the phone itself.`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Problem(`VITE_SERVER_URL is "${text}", which is no address. Set it to ${example}.`)
  if (ONLY_THIS_MACHINE.test(url.hostname))
    throw new Problem(`VITE_SERVER_URL is ${text}, where only this machine finds the server. Set it to ${example}.`)
  if (action === 'upload' && (url.protocol !== 'https:' || net.isIP(url.hostname.replace(/^\[|\]$/g, ''))))
    throw new Problem(`VITE_SERVER_URL is ${text}, but WeChat lets a published mini-program talk to domains by https only. Set it to ${example}.`)
}
