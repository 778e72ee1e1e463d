/** Everything that the doctor looks at, in the order in which a person puts it right. */
import type { Check } from '../Check'
import { accountChecks } from './accounts'
import { addressChecks } from './address'
import { imChecks } from './im'
import { liveChecks } from './live'
import { liveCloudChecks } from './liveCloud'
import { liveDomainChecks } from './liveDomains'
import { machineChecks } from './machine'
import { settingsChecks } from './settings'
import { srsChecks } from './srs'
import { weappChecks } from './weapp'
import { weChatChecks } from './weChat'
import { weChatDomainChecks } from './weChatDomains'

export const CHECKS: readonly Check[] = [
  ...machineChecks,
  ...settingsChecks,
  ...addressChecks,
  ...liveDomainChecks,
  ...liveChecks,
  ...liveCloudChecks,
  ...srsChecks,
  ...imChecks,
  ...weChatChecks,
  ...weChatDomainChecks,
  ...accountChecks,
  ...weappChecks,
]
