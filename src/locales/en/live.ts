import type { Words } from '../words'
import type { live as source } from '../zhCN/live'

export const live: Words<typeof source> = {
}
