/** What can be set about a tool's picture: one of a few each. Pure. */
export interface ToolSetting {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string, readonly label: string }[]
  readonly value: string
}

/** The values of each, as they are named in the locales. */
export const CHOICES = {
  quality: ['SD', 'HD', 'FHD'],
  orientation: ['vertical', 'horizontal'],
  beauty: ['0', '3', '6', '9'],
  whiteness: ['0', '3', '6', '9'],
  fit: ['contain', 'cover'],
  /** Seconds that are kept, least and most; WeChat advises the second pair for what must be near. */
  cache: ['0.1–0.3', '0.2–0.8', '0.5–1.5'],
} as const

export type Choices = { [Name in keyof typeof CHOICES]: typeof CHOICES[Name][number] }

export const USUAL_CHOICES: Choices = { quality: 'HD', orientation: 'vertical', beauty: '0', whiteness: '0', fit: 'contain', cache: '0.2–0.8' }

/** What they mean to `<live-pusher>`. */
export const pusherAttributes = ({ beauty, orientation, whiteness }: Choices) => ({ orientation, beauty: Number(beauty), whiteness: Number(whiteness) })

/** What they mean to `<live-player>`; its cache is its own but for low latency. */
export function playerAttributes({ cache, orientation }: Choices, isLowLatency: boolean) {
  const [minCache, maxCache] = cache.split('–').map(Number)
  return isLowLatency ? { orientation, minCache, maxCache } : { orientation }
}
