/** The component's words, in the language of the device. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { TextKey, TextParams } from '@/src/locales/translate'
import { addEmbedWords } from '@/src/locales/addEmbedWords'
import { errorKey, languageOf, translate } from '@/src/locales/translate'

export interface Words {
  t: (key: TextKey, params?: TextParams) => string
  errorText: (code: ErrorCode) => string
}

/** @param tag the system's language tag */
export function createWords(tag: string): Words {
  addEmbedWords()
  const language = languageOf(tag)
  return {
    t: (key, params) => translate(language, key, params),
    errorText: code => translate(language, errorKey(code)),
  }
}
