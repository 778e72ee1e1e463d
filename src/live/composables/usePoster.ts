/** A room's poster, from the wish for one until it is kept. */
import type { Easel } from '../poster/easel'
import type { Room } from '@/shared/protocol/rest'
import type { Picture } from '@/src/ports/RoomApi'
import { onBeforeUnmount, shallowRef } from 'vue'
import { useLiveServices } from '@/src/app/liveServices'
import { useServices } from '@/src/app/services'
import { useText } from '@/src/composables/useText'
import { useToast } from '@/src/stores/toast'
import { makePoster } from '../poster/makePoster'

export type PosterState
  = | { readonly status: 'none' | 'drawing' | 'failed' }
  /** `address`: for an image. `isDenied`: the album is closed to us, the settings open it. */
    | { readonly status: 'done', readonly picture: Picture, readonly address: string, readonly isCoverMissing: boolean, readonly isDenied: boolean }

const FILE = 'lianmai.jpg'

export function usePoster(prepare: () => Promise<Easel>) {
  const { clock, platform } = useServices()
  const { album, roomCode } = useLiveServices()
  const { t } = useText()
  const toast = useToast()
  const state = shallowRef<PosterState>({ status: 'none' })
  /** Of the latest wish: what an earlier one draws too late is dropped. */
  let turn = 0

  async function make(room: Room): Promise<void> {
    reset()
    const own = turn
    state.value = { status: 'drawing' }
    const next = await draw(room).catch((): PosterState => ({ status: 'failed' }))
    if (own === turn)
      state.value = next
    else
      release(next)
  }

  async function draw(room: Room): Promise<PosterState> {
    const words = { status: t(`habits.poster.${room.status}`), hint: t('habits.poster.hint'), appName: t('common.appName') }
    const { isCoverMissing, picture } = await makePoster(await prepare(), { ...words, room, roomCode, serverUrl: platform.serverUrl, clock })
    return { status: 'done', picture, address: addressOf(picture), isCoverMissing, isDenied: false }
  }

  function reset(): void {
    turn++
    release(state.value)
    state.value = { status: 'none' }
  }
  onBeforeUnmount(reset)

  async function save(): Promise<void> {
    if (state.value.status !== 'done')
      return
    const answer = await album.save(state.value.picture, FILE)
    if (state.value.status === 'done')
      state.value = { ...state.value, isDenied: answer === 'denied' }
    if (answer === 'saved')
      toast.show(t('habits.poster.saved'), 'good')
    if (answer === 'failed')
      toast.show(t('habits.poster.notSaved'), 'bad')
  }

  return {
    state,
    canShare: album.share !== undefined,
    make,
    reset,
    save,
    async openSettings() {
      await album.openSettings()
      await save()
    },
    async share() {
      if (state.value.status === 'done')
        await album.share?.(state.value.picture, FILE)
    },
  }
}

const addressOf = (picture: Picture) => 'blob' in picture ? URL.createObjectURL(picture.blob) : picture.filePath

function release(state: PosterState): void {
  if (state.status === 'done' && 'blob' in state.picture)
    URL.revokeObjectURL(state.address)
}
