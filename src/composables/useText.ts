/** The screen's words, in the language the person has chosen; changes with it. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { TextKey, TextParams } from '@/src/locales/translate'
import { errorKey, formatCount, formatDuration, translate } from '@/src/locales/translate'
import { useSettings } from '@/src/stores/settings'

export function useText() {
  const settings = useSettings()
  const t = (key: TextKey, params?: TextParams) => translate(settings.language, key, params)
  return {
    t,
    errorText: (code: ErrorCode) => t(errorKey(code)),
    /** 1.2万 in Chinese, 12K in English. */
    count: (value: number) => formatCount(settings.language, value),
    /** 12:34 or 1:02:03 from milliseconds. */
    duration: formatDuration,
  }
}
