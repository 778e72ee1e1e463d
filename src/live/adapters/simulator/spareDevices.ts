/** A drawn picture uses neither camera nor microphone: nobody is asked for them. */
import type { DeviceAccess } from '@/src/ports/DeviceAccess'
import type { PrivacyGuide } from '@/src/ports/PrivacyGuide'
import type { Simulator } from '@/src/ports/Simulator'

export function spareDevices(real: DeviceAccess, { isOn }: Pick<Simulator, 'isOn'>): DeviceAccess {
  return {
    query: async device => isOn() ? 'granted' : real.query(device),
    request: async device => isOn() ? 'granted' : real.request(device),
    openSettings: () => real.openSettings(),
  }
}

export function sparePrivacyGuide(real: PrivacyGuide, { isOn }: Pick<Simulator, 'isOn'>): PrivacyGuide {
  return {
    ...real,
    pending: async () => isOn() ? undefined : real.pending(),
  }
}
