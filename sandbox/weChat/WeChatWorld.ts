/** What WeChat knows of one mini-program: its owner's secret, its people, pages and templates, and what was said and sent. */
import type { MessagePush } from './Pushes'
import type { Message } from './shapes'
import { Buffer } from 'node:buffer'
import { People } from './People'
import { Pushes } from './Pushes'
import { Refusal } from './Refusal'
import { Tokens } from './Tokens'

export type Suggest = 'pass' | 'review' | 'risky'

export interface Template {
  readonly id: string
  readonly content: string
}

export interface WeChatWorldOptions {
  readonly appId: string
  readonly secret: string
  readonly message?: MessagePush
  readonly templates?: readonly Template[]
  /** Of the published version. */
  readonly pages?: readonly string[]
  readonly now?: () => number
}

export class WeChatWorld {
  readonly people: People
  readonly tokens: Tokens
  readonly pushes: Pushes
  readonly templates: Template[]
  readonly pages: readonly string[]
  readonly texts: { readonly content: string, readonly scene: number, readonly suggest: Suggest }[] = []
  readonly codes: { readonly scene: string, readonly page: string | undefined, readonly version: string }[] = []
  readonly messages: Message[] = []
  private readonly badTexts = new Map<string, Suggest>()
  private readonly badPictures = new Map<string, Suggest>()

  constructor(private readonly options: WeChatWorldOptions) {
    const { now = Date.now, message, templates = [], pages = ['src/pages/home/index', 'src/live/pages/room/index'] } = options
    this.people = new People(now)
    this.tokens = new Tokens(now)
    this.pushes = new Pushes(now, message)
    this.templates = [...templates]
    this.pages = pages
  }

  checkOwner(appId: string, secret: string): void {
    if (appId !== this.options.appId)
      throw new Refusal(40013, 'invalid appid')
    if (secret !== this.options.secret)
      throw new Refusal(40125, 'invalid appsecret')
  }

  /** What WeChat thinks of texts that hold these words. */
  dislikeText(words: string, suggest: Suggest = 'risky'): void {
    this.badTexts.set(words, suggest)
  }

  /** What WeChat thinks of this very picture. */
  dislikePicture(bytes: Uint8Array, suggest: Suggest = 'risky'): void {
    this.badPictures.set(Buffer.from(bytes).toString('base64'), suggest)
  }

  judgeText(content: string): Suggest {
    return [...this.badTexts].find(([words]) => content.includes(words))?.[1] ?? 'pass'
  }

  /** Fetches the picture, as WeChat must be able to, and pushes what it thinks. */
  look(url: string, traceId: string): void {
    const event = { Event: 'wxa_media_check', appid: this.options.appId, trace_id: traceId, version: 2 }
    void fetch(url)
      .then(async response => response.ok ? Buffer.from(await response.arrayBuffer()).toString('base64') : undefined)
      .catch(() => undefined)
      .then((picture) => {
        if (picture === undefined)
          return this.pushes.send({ ...event, errcode: -1008, errmsg: 'download failed', detail: [] })
        const verdict = { suggest: this.badPictures.get(picture) ?? 'pass', label: '100' } // a number in the document, a string in what comes
        return this.pushes.send({ ...event, errcode: 0, errmsg: 'ok', result: verdict, detail: [{ strategy: 'content_model', errcode: 0, prob: 90, ...verdict }] })
      })
      .catch(() => {}) // nobody is there to be told
  }
}
