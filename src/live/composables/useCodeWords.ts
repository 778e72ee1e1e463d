/** The platform's last number of trouble in words: what it means, and the first thing to do. Empty where there is none. */
import type { ComputedRef } from 'vue'
import type { MediumKind } from '../stores/useDiagnostics'
import { computed } from 'vue'
import { BRIEF_TROUBLES } from '@/shared/troubles/briefTroubles'
import { useText } from '@/src/composables/useText'
import { useSettings } from '@/src/stores/settings'
import { useDiagnostics } from '../stores/useDiagnostics'

export function useCodeWords(kind: MediumKind): ComputedRef<string> {
  const { t } = useText()
  const settings = useSettings()
  const diagnostics = useDiagnostics()
  return computed(() => {
    const code = diagnostics.codes[kind]
    if (code === undefined)
      return ''
    const { fix, meaning } = BRIEF_TROUBLES[code]
    const language = settings.language === 'en' ? 'en' : 'zh'
    return t('trouble.code', { code: String(code).replace('-', '−'), meaning: meaning[language], fix: fix[language] })
  })
}
