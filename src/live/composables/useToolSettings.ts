/** What is set about a tool's picture, with its words. Nothing of it is kept: a test should begin as the last one did. */
import type { Choices, ToolSetting } from '../tools/toolSettings'
import type { TextKey } from '@/src/locales/translate'
import { computed, ref } from 'vue'
import { useText } from '@/src/composables/useText'
import { CHOICES, USUAL_CHOICES } from '../tools/toolSettings'

type Name = keyof Choices

const LABELS: Readonly<Record<Name, TextKey>> = { quality: 'live.quality', orientation: 'tools.orientation', beauty: 'tools.beauty', whiteness: 'tools.whiteness', fit: 'tools.fit', cache: 'tools.cache' }
/** Values that are words, by what their keys begin with. */
const WORDS: Partial<Record<Name, string>> = { quality: 'live.quality', orientation: 'tools.orientation', beauty: 'tools.level', whiteness: 'tools.level', fit: 'tools.fit' }

/** `names` of those that matter now. */
export function useToolSettings(names: () => readonly Name[]) {
  const { t } = useText()
  const choices = ref(USUAL_CHOICES)
  const wordOf = (name: Name, value: string) => WORDS[name] ? t(`${WORDS[name]}.${value}` as TextKey) : `${value} s`

  return {
    choices,
    settings: computed(() => names().map((name): ToolSetting => ({
      name,
      label: t(LABELS[name]),
      value: choices.value[name],
      options: CHOICES[name].map(value => ({ value, label: wordOf(name, value) })),
    }))),
    choose(name: string, value: string) {
      choices.value = { ...choices.value, [name]: value }
    },
  }
}
