/** The window on an embedded room: starts it for whoever is logged in, and stops it for certain. */
import type { PlayerHandle, PusherHandle } from '../components/media'
import type { Account } from './account'
import type { EmbeddedRoom, RoomPorts } from './EmbeddedRoom'
import type { RoomEventTag } from './roomEvent'
import type { RoomView } from './roomView'
import { onBeforeUnmount, shallowRef } from 'vue'
import { ROOM_ID } from '@/shared/domain/ids'
import { createLateHandle } from '../stores/lateHandle'
import { AnchorRoom } from './AnchorRoom'
import { AudienceRoom } from './AudienceRoom'
import { deviceLanguage } from './embeddedServices'
import liveRoom from './liveRoom'
import { CODE } from './roomEvent'
import { NOTHING } from './roomView'
import { createWords } from './words'

/** What start() goes by. */
export interface Part {
  readonly role: 'anchor' | 'audience'
  readonly roomId: string
  readonly title: string
}

type Running
  = | { readonly status: 'none' }
  /** For a login. */
    | { readonly status: 'waiting', readonly stop: () => void }
    | { readonly status: 'open', readonly room: AnchorRoom | AudienceRoom, readonly stop: () => void }

type PusherPart = RoomPorts['pusher'] & Pick<PusherHandle, 'pause' | 'resume' | 'switchCamera'>

export function useLiveRoom(part: () => Part, tellPage: (tag: RoomEventTag, code: number, detail: unknown) => void) {
  const view = shallowRef<RoomView>(NOTHING)
  /** With whom the room was opened, or will be. */
  const account = shallowRef<Account | undefined>(liveRoom.account.value)
  const isOpen = shallowRef(false)
  /** In the room that is open. */
  const role = shallowRef<Part['role']>('audience')
  const pusher = createLateHandle<PusherPart>()
  const player = createLateHandle<Pick<PlayerHandle, 'start' | 'stop' | 'pause' | 'resume'>>()
  let running: Running = { status: 'none' }

  /** Again while it runs, it tries at once what waits or has given up. */
  function start(): void {
    if (running.status === 'open')
      return running.room.retry()
    if (running.status === 'waiting')
      return
    if (liveRoom.account.value)
      return open(liveRoom.account.value)
    const code = part().role === 'anchor' ? CODE.pushUrl : CODE.enterRoom
    tellPage('trouble', code, createWords(deviceLanguage()).t('embed.notLoggedIn'))
    const stopWaiting = liveRoom.account.watch((loggedIn) => {
      if (!loggedIn)
        return
      stopWaiting()
      tellPage('recovered', code, '')
      open(loggedIn)
    })
    running = { status: 'waiting', stop: stopWaiting }
  }

  function open(opened: Account): void {
    const { role: wanted, roomId, title } = part()
    const { words } = opened
    account.value = opened
    role.value = wanted
    if (wanted === 'audience' && !ROOM_ID.test(roomId)) {
      running = { status: 'none' }
      return tellPage('error', CODE.enterRoom, words.t('embed.badRoomId'))
    }
    const ports: RoomPorts = {
      account: opened,
      tell: (tag, code, detail = '') => running.status === 'open' && tellPage(tag, code, detail),
      pusher: {
        start: pusher.start,
        stop: pusher.stop,
        startPreview: () => pusher.ask(handle => handle.startPreview()),
        snapshot: () => pusher.ask(handle => handle.snapshot()),
      },
      player,
    }
    const room = wanted === 'anchor'
      ? new AnchorRoom(ports, { roomId, title: title || words.t('embed.defaultTitle', { name: opened.user.nickname }) })
      : new AudienceRoom(ports, roomId)
    const stops = [
      room.view.watch((next) => {
        view.value = next
      }),
      // Who has logged out, or is somebody else now, is not on air any more.
      liveRoom.account.watch(now => now?.user.id !== opened.user.id && stop()),
      () => room.stop(),
    ]
    running = { status: 'open', room, stop: () => stops.reverse().forEach(end => end()) }
    view.value = room.view.value
    isOpen.value = true
    room.begin()
  }

  function stop(): void {
    if (running.status === 'none')
      return
    const { stop: end } = running
    running = { status: 'none' }
    end()
    view.value = NOTHING
    isOpen.value = false
  }

  onBeforeUnmount(stop)

  const current = (): EmbeddedRoom | undefined => running.status === 'open' ? running.room : undefined
  const asAnchor = (): AnchorRoom | undefined => running.status === 'open' && running.room instanceof AnchorRoom ? running.room : undefined
  const asAudience = (): AudienceRoom | undefined => running.status === 'open' && running.room instanceof AudienceRoom ? running.room : undefined

  return { view, account, isOpen, role, pusher, player, start, stop, current, asAnchor, asAudience }
}
