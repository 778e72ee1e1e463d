/** Has pictures judged that everybody sees already: whoever is asked takes minutes. */
import type { ContentCheck } from './ContentCheck'

/**
 * Never throws; nobody waits for it.
 *
 * @param path below PUBLIC_URL
 * @param takeAway called when the picture is bad, seconds or minutes later, or never
 */
export type JudgePicture = (path: string, userId: string, takeAway: () => Promise<unknown>) => void

export interface PictureJudgeOptions {
  /** Undefined: nobody is asked. */
  readonly contentCheck?: Pick<ContentCheck, 'checkPicture'>
  /** Null: nobody could fetch a picture. */
  readonly publicUrl: string | null
  readonly log: { readonly info: (fields: object, message: string) => void, readonly warn: (fields: object, message: string) => void }
}

export function createPictureJudge({ contentCheck, publicUrl, log }: PictureJudgeOptions): JudgePicture {
  return (path, userId, takeAway) => {
    if (!contentCheck || publicUrl === null)
      return
    const onRefused = () => {
      log.info({ path, userId }, 'a picture is taken away: it was judged bad')
      takeAway().catch((error: unknown) => log.warn({ path, userId, err: error }, 'a bad picture could not be taken away'))
    }
    contentCheck.checkPicture(publicUrl + path, userId, onRefused)
      .catch((error: unknown) => log.warn({ path, userId, reason: String(error) }, 'a picture was let through: nobody could be asked'))
  }
}
