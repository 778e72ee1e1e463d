/** Browsers ask for each device and know no guide. */
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'

export function createWebPrivacyGuide(): PrivacyGuide {
  return { pending: async () => undefined, open: () => {}, require: async () => true }
}
