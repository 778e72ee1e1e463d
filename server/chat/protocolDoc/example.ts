/** A short conversation; a test holds it against the schemas. */
const anna = { id: 'uanna00000001', nickname: 'Anna', avatar: 3 }
const ben = { id: 'uben000000002', nickname: 'Ben', avatar: 7 }
const at = 1_790_000_000_000
const room = {
  id: 'rk7w2m9p4x3h6',
  title: 'Songs on a Sunday',
  cover: null,
  anchor: anna,
  streamId: 'rk7w2m9p4x3h6-uanna00000001',
  status: 'live',
  createdAt: at,
  startedAt: at,
  interruptedAt: null,
  graceEndsAt: null,
  endedAt: null,
  endReason: null,
  viewers: 2,
  viewersElsewhere: 0,
  peakViewers: 2,
  visitors: 2,
  messages: 1,
  isDemo: false,
  stage: { admission: 'ask', guests: [], isMixed: false },
  isSilenced: false,
}

export const EXAMPLE = [
  { from: 'client', frame: [{ type: 'hello', id: 'a1', version: 1 }] },
  { from: 'server', frame: [{ type: 'welcome', re: 'a1', version: 1, user: ben, pingIntervalMs: 20_000 }] },
  { from: 'client', frame: [{ type: 'join', id: 'a2', roomId: room.id }] },
  { from: 'server', frame: [{ type: 'joined', re: 'a2', room, seq: 41, online: 2, isGap: false, messages: [{ type: 'chat', seq: 40, id: 'm5v8q2', at, from: anna, text: '大家好' }] }] },
  { from: 'server', frame: [{ type: 'joinNotice', seq: 42, at, user: ben, others: 0 }, { type: 'online', roomId: room.id, online: 2 }] },
  { from: 'server', frame: [{ type: 'linkMic', view: { roomId: room.id, version: 7, at, admission: 'ask', link: { status: 'idle', ending: null }, position: null, seat: null, sound: null, picture: null } }] },
  { from: 'client', frame: [{ type: 'say', id: 'a3', roomId: room.id, text: '你好！' }] },
  { from: 'server', frame: [{ type: 'said', re: 'a3', messageId: 'm3n7t4', seq: 43, at }] },
  { from: 'server', frame: [{ type: 'chat', seq: 43, id: 'm3n7t4', at, from: ben, text: '你好！' }] },
  { from: 'server', frame: [{ type: 'standing', standing: { roomId: room.id, isSilenced: true } }] },
  { from: 'client', frame: [{ type: 'say', id: 'a4', roomId: room.id, text: '你好？' }] },
  { from: 'server', frame: [{ type: 'failed', re: 'a4', code: 'SILENCED', message: 'The anchor has silenced you, or everybody.' }] },
  { from: 'client', frame: [{ type: 'ping', seq: 43 }] },
  { from: 'server', frame: [{ type: 'pong', at }] },
] as const
