/** Everything that somebody who has logged in may ask, by the newer generation's names. */
import type { GenericSchema, InferOutput } from 'valibot'
import type { Caller, WeappRooms } from '../types'
import type { Fields } from './answers'
import type { Body, FieldCodes } from './parsing'
import { WeappCode, WeappError } from '../WeappError'
import { presentAudiences, presentCustom, presentRoom } from './answers'
import { Beat, Merge, NewAnchor, NewRoom, Page, parseFieldChange, parseFields, RoomOnly, Visitor } from './parsing'

export interface Action {
  /** @throws WeappError, AppError */
  readonly run: (rooms: WeappRooms, caller: Caller, body: Body) => Promise<Fields>
  /** For what is refused without a code of the old vocabulary. */
  readonly failed: WeappCode
}

const ROOM = { roomID: WeappCode.noRoomId }

function action<Schema extends GenericSchema>(schema: Schema, codes: FieldCodes<Schema>, failed: WeappCode, run: (rooms: WeappRooms, caller: Caller, input: InferOutput<Schema>) => Promise<Fields>): Action {
  return { failed, run: async (rooms, caller, body) => run(rooms, caller, parseFields(schema, codes, body)) }
}

const ACTIONS: Readonly<Record<string, Action>> = {
  get_anchor_url: { failed: WeappCode.pushUrlFailed, run: (rooms, caller) => rooms.pushUrl(caller) },
  get_room_list: action(Page, { cnt: WeappCode.noCount }, WeappCode.listFailed, async (rooms, caller, page) =>
    ({ rooms: (await rooms.list(caller, page)).map(presentRoom) })),
  get_anchors: action(RoomOnly, ROOM, WeappCode.anchorsFailed, async (rooms, caller, { roomID }) =>
    presentRoom(await rooms.get(caller, roomID))),
  create_room: action(NewRoom, { roomID: WeappCode.roomIdFailed }, WeappCode.createFailed, async (rooms, caller, room) =>
    ({ roomID: await rooms.create(caller, room) })),
  destroy_room: action(RoomOnly, ROOM, WeappCode.destroyFailed, async (rooms, caller, { roomID }) =>
    done(rooms.destroy(caller, roomID))),
  add_anchor: action(NewAnchor, { roomID: WeappCode.noRoomId }, WeappCode.enterFailed, async (rooms, caller, anchor) =>
    ({ roomID: await rooms.addAnchor(caller, joining(anchor)) })),
  delete_anchor: action(RoomOnly, ROOM, WeappCode.roomGone, async (rooms, caller, { roomID }) =>
    done(rooms.deleteAnchor(caller, roomID))),
  anchor_heartbeat: action(Beat, ROOM, WeappCode.heartbeatFailed, async (rooms, caller, beat) =>
    presentRoom(await rooms.heartbeat(caller, beat))),
  merge_stream: action(Merge, { ...ROOM, mergeParams: WeappCode.mixParamsMissing }, WeappCode.mixFailed, async (rooms, caller, { roomID, mergeParams }) =>
    done(rooms.merge(caller, roomID, mergeParams))),
  set_custom_field: { failed: WeappCode.customSetFailed, async run(rooms, caller, body) {
    const { roomID, change } = parseFieldChange(body)
    return presentCustom(await rooms.setCustomField(caller, roomID, change))
  } },
  get_custom_info: action(RoomOnly, ROOM, WeappCode.customGetFailed, async (rooms, caller, { roomID }) =>
    presentCustom(await rooms.customInfo(caller, roomID))),
  add_audience: action(Visitor, ROOM, WeappCode.audienceAddFailed, async (rooms, caller, { roomID, userInfo }) =>
    done(rooms.addAudience(caller, roomID, userInfo))),
  delete_audience: action(RoomOnly, ROOM, WeappCode.audienceRemoveFailed, async (rooms, caller, { roomID }) =>
    done(rooms.deleteAudience(caller, roomID))),
  get_audiences: action(RoomOnly, ROOM, WeappCode.audienceListFailed, async (rooms, caller, { roomID }) =>
    presentAudiences(await rooms.audiences(caller, roomID))),
}

/** Of the older generation. */
const ALIASES: Readonly<Record<string, string>> = {
  get_push_url: 'get_anchor_url',
  get_pushers: 'get_anchors',
  add_pusher: 'add_anchor',
  delete_pusher: 'delete_anchor',
  pusher_heartbeat: 'anchor_heartbeat',
}

/** In any letter case: iOS asks for `get_custom_Info`. */
export function actionNameOf(name: string): string {
  const lower = name.toLowerCase()
  return Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : lower
}

export const actionOf = (name: string): Action | undefined => Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined

/** An anchor who names no room, as the older generation may, says what is to be opened. */
function joining({ roomInfo, ...anchor }: InferOutput<typeof NewAnchor>): Parameters<WeappRooms['addAnchor']>[1] {
  if (anchor.roomID === '' && typeof roomInfo !== 'string')
    throw new WeappError(WeappCode.noRoomId, 'roomID is missing.')
  return { ...anchor, roomInfo: roomInfo ?? undefined }
}

async function done(action: Promise<void>): Promise<Fields> {
  await action
  return {}
}
