/** A page of somebody else's app with the component in it, and a server that the test plays. */
import type { VueWrapper } from '@vue/test-utils'
import type EmbeddedPlayer from '../EmbeddedPlayer.vue'
import type EmbeddedPusher from '../EmbeddedPusher.vue'
import type { RoomEvent, RoomEventDetail } from '../roomEvent'
import type { StageEvent } from '@/shared/domain/stage'
import type { Room, User } from '@/shared/protocol/rest'
import { flushPromises, mount } from '@vue/test-utils'
import { vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { fakes } from '@/src/testing/fakeServices'
import { settle } from '@/src/testing/virtualClock'
import { createAccount } from '../account'
import LianmaiLiveRoom from '../lianmai-live-room.vue'
import liveRoom from '../liveRoom'
import { createWords } from '../words'

export const ROOM = 'rroom0000001'
export const pusher = { startPreview: vi.fn(), start: vi.fn(), stop: vi.fn(), pause: vi.fn(), resume: vi.fn(), switchCamera: vi.fn(), snapshot: vi.fn(async () => undefined) }
export const player = { start: vi.fn(), stop: vi.fn(), pause: vi.fn(), resume: vi.fn(), unmuteByGesture: vi.fn() }

/** Stands where the media would be; events come from the test. */
function standIn(name: string, handle: object, props: string[]) {
  return defineComponent({
    name,
    inheritAttrs: false,
    props,
    emits: ['status', 'problem', 'trouble', 'statistics', 'size', 'diagnostic', 'autoplayMuted'],
    setup(_, { expose }) {
      expose(handle)
      return () => h('div')
    },
  })
}
const stubs = {
  EmbeddedPusher: standIn('EmbeddedPusher', pusher, ['rtmp', 'whip', 'source', 'quality', 'isMuted', 'attributes']),
  EmbeddedPlayer: standIn('EmbeddedPlayer', player, ['urls', 'mode', 'isMuted', 'objectFit']),
}

/** Somebody has logged in, at the server of the fakes. */
export function logIn(user: User = fakes().roomApi.session.user) {
  const services = fakes()
  services.roomApi.session = { ...services.roomApi.session, user }
  services.sessionKeeper.keep(services.roomApi.session)
  liveRoom.account.set(createAccount({ ...services, broadcastStore: services.windowStore, createImClient: () => services.imClient, forget: vi.fn() }, createWords('zh-CN')))
}

export const logOut = () => liveRoom.account.set(undefined)

export function openPage(props: Record<string, unknown> = {}, slots: Record<string, string> = {}) {
  const heard: RoomEventDetail[] = []
  const onRoomEvent = ({ detail }: RoomEvent) => void heard.push(detail) // what `@RoomEvent` compiles to
  const page = mount(LianmaiLiveRoom, { props: { ...props, onRoomEvent }, slots, global: { stubs } }) as unknown as VueWrapper<InstanceType<typeof LianmaiLiveRoom>>
  const events = () => [...heard]
  return {
    page,
    room: page.vm,
    events,
    /** Tag and code of everything so far. */
    told: () => events().map(({ code, tag }) => `${tag} ${code}`),
    pushers: () => page.findAllComponents({ name: 'EmbeddedPusher' }) as unknown as VueWrapper<InstanceType<typeof EmbeddedPusher>>[],
    players: () => page.findAllComponents({ name: 'EmbeddedPlayer' }) as unknown as VueWrapper<InstanceType<typeof EmbeddedPlayer>>[],
    async start() {
      page.vm.start()
      await flushPromises()
      await settle()
    },
    async push(...statuses: string[]) {
      for (const status of statuses)
        page.findAllComponents({ name: 'EmbeddedPusher' }).at(-1)!.vm.$emit('status', status)
      await nextTick()
    },
    async play(status: string) {
      page.findComponent({ name: 'EmbeddedPlayer' }).vm.$emit('status', status)
      await nextTick()
    },
  }
}

let seq = 0
const stage = (roomId: string) => fakes().roomApi.stageOf(roomId)

/** The server's room has changed, and everybody in it hears so. */
export async function change(part: Partial<Room>, roomId = ROOM) {
  const { clock, imClient, roomApi } = fakes()
  roomApi.rooms = roomApi.rooms.map(room => room.id === roomId ? { ...room, ...part } : room)
  const room = { ...roomApi.rooms.find(({ id }) => id === roomId)!, stage: stage(roomId).public }
  imClient.receive({ type: room.status === 'ended' ? 'roomEnded' : 'roomChanged', seq: ++seq, at: clock.now(), room })
  await settle()
}

/** Something happens on the server's stage; it tells the person and the room. */
export async function happen(roomId: string, ...events: StageEvent<User>[]) {
  const { imClient, roomApi } = fakes()
  for (const event of events) {
    const { refusal } = stage(roomId).take(event)
    if (refusal)
      throw new Error(refusal)
  }
  const { anchor } = roomApi.rooms.find(({ id }) => id === roomId)!
  const { user } = roomApi.session
  imClient.tellLinkMic(stage(roomId).viewFor(user.id, anchor.id === user.id))
  await change({}, roomId)
  imClient.tellLinkMic(stage(roomId).viewFor(user.id, anchor.id === user.id))
  await fakes().clock.advance(0)
}

export const requestOf = (roomId: string, userId: string) => stage(roomId).stage.guests.find(({ user }) => user.id === userId)!.link.requestId
