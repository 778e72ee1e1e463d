/** What can be chosen on this device. Devices have names once permission is given. */
import type { Ref } from 'vue'
import type { MediaDevices, PusherHandle } from '../components/media'
import { shallowRef, watch } from 'vue'

export function useDevices(pusher: Readonly<Ref<PusherHandle | undefined>>, isPreviewing: Readonly<Ref<boolean>>): Ref<MediaDevices> {
  const devices = shallowRef<MediaDevices>({ cameras: [], microphones: [], canShareScreen: false })

  async function list() {
    if (pusher.value)
      devices.value = await pusher.value.listDevices()
  }

  watch(pusher, list, { flush: 'post' })
  watch(isPreviewing, isShown => isShown && list())
  return devices
}
