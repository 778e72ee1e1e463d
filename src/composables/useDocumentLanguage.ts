/** Web: the document says in which language it is, for screen readers and for the right Chinese glyphs. */
import { watchEffect } from 'vue'
import { useSettings } from '@/src/stores/settings'

export function useDocumentLanguage(): void {
  // #ifdef H5
  const settings = useSettings()
  watchEffect(() => {
    document.documentElement.lang = settings.language
  })
  // #endif
}
