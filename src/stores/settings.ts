/** What the person prefers on this device. */
import type { Language } from '@/src/locales/translate'
import { defineStore } from 'pinia'
import * as v from 'valibot'
import { computed, ref, watch } from 'vue'
import { useServices } from '@/src/app/services'
import { languageOf, LANGUAGES } from '@/src/locales/translate'

const KEY = 'settings'
function settingsOf(usualQuality: 'SD' | 'HD') {
  return v.object({
  /** `system` follows the device. */
    language: v.fallback(v.picklist(['system', ...LANGUAGES]), 'system'),
    quality: v.fallback(v.picklist(['SD', 'HD', 'FHD']), usualQuality),
    reduceData: v.fallback(v.boolean(), false),
  })
}

export const useSettings = defineStore('settings', () => {
  const { keyValue, platform } = useServices()
  const schema = settingsOf(platform.usualQuality)
  const stored = v.safeParse(schema, keyValue.read(KEY) ?? {})
  const kept = stored.success ? stored.output : v.parse(schema, {})

  const languageChoice = ref(kept.language)
  const quality = ref(kept.quality)
  const reduceData = ref(kept.reduceData)
  const language = computed<Language>(() => languageChoice.value === 'system' ? languageOf(platform.language) : languageChoice.value)

  watch([languageChoice, quality, reduceData], () => {
    keyValue.write(KEY, { language: languageChoice.value, quality: quality.value, reduceData: reduceData.value })
  }, { flush: 'sync' })

  return { languageChoice, quality, reduceData, language }
})
