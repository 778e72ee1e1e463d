/** What old clients ask of each other by C2C messages about our rooms: done by the rooms, and answered by OldClients. */
import type { LinkMicCommand, LinkMicView } from '../../../../shared/protocol/linkMic'
import type { Room, User } from '../../../../shared/protocol/rest'
import type { ChatLog } from '../../../chat/log'
import type { ImAddresses } from '../../ImAddresses'
import type { TencentRoom } from '../TencentRoom'
import type { RawMessage } from './elements'
import type { OldLinkMic } from './messages'
import { AppError } from '../../../errors'
import { readLinkMic } from './messages'
import { reasonOfRefusal } from './reasons'

export interface LinkMicDoor {
  /** @throws AppError */
  readonly view: (roomId: string, userId: string) => Promise<LinkMicView>
  /** @throws AppError */
  readonly obey: (roomId: string, user: User, command: LinkMicCommand) => Promise<LinkMicView>
}

export interface PersonalMessage {
  readonly from: string
  readonly to: string
  /** The same when the message is sent again. */
  readonly id: string
  readonly elements: RawMessage
}

export interface OldSignalsOptions {
  readonly rooms: ReadonlyMap<string, TencentRoom>
  readonly addresses: Pick<ImAddresses, 'userAt' | 'roomAt' | 'isOldClient'>
  readonly findUser: (userId: string) => Promise<User | undefined>
  readonly roomFor: (roomId: string) => Promise<Room | undefined>
  readonly linkMic: LinkMicDoor
  readonly log: ChatLog
}

/**
 * Answers whether the message was ours to deal with: about one of our rooms, or for an old client that is here, some of which
 * believe it from anybody, of any room. Then it is not delivered. Never rejects.
 */
export type OldSignals = (message: PersonalMessage) => Promise<boolean>

export function createOldSignals({ rooms, addresses, findUser, roomFor, linkMic, log }: OldSignalsOptions): OldSignals {
  /** By a viewer, to the anchor. */
  async function request(room: TencentRoom, { anchor, id: roomId }: Room, from: User, to: string, requestId: string): Promise<void> {
    if (to !== anchor.id)
      return
    const { oldClients } = room
    try {
      const { link } = await linkMic.view(roomId, from.id)
      if (link.status === 'connecting' || link.status === 'linked' || link.status === 'dropped')
        return oldClients.accept(from.id)
      if (link.status === 'applying')
        return // the first is being asked about still
      oldClients.expect(from.id)
      await linkMic.obey(roomId, from, { type: 'apply', requestId, medium: 'video' })
    }
    catch (error) {
      if (!(error instanceof AppError))
        throw error
      oldClients.refuse(from.id, reasonOfRefusal(error.code))
    }
  }

  /** By the anchor, to an applicant. An acceptance that finds no seat free is a rejection: nobody would ask again. */
  async function respond({ id: roomId }: Room, anchor: User, applicantId: string, result: 'accept' | 'reject'): Promise<void> {
    const { queue = [] } = await linkMic.view(roomId, anchor.id)
    const application = queue.find(({ user }) => user.id === applicantId)
    if (!application)
      return
    const answer = { userId: applicantId, requestId: application.requestId }
    try {
      await linkMic.obey(roomId, anchor, { type: result, ...answer })
    }
    catch (error) {
      if (!(error instanceof AppError && error.code === 'LINK_MIC_STAGE_FULL'))
        throw error
      await linkMic.obey(roomId, anchor, { type: 'reject', ...answer })
    }
  }

  async function kick({ id: roomId, stage }: Room, anchor: User, guestId: string): Promise<void> {
    const guest = stage.guests.find(({ user }) => user.id === guestId)
    if (guest)
      await linkMic.obey(roomId, anchor, { type: 'kick', userId: guestId, requestId: guest.requestId })
  }

  async function act(room: TencentRoom, fromId: string, toId: string, signal: OldLinkMic, requestId: string): Promise<void> {
    const [info, from] = await Promise.all([roomFor(room.roomId), findUser(fromId)])
    if (!info || !from)
      return
    if (signal.type === 'request')
      return addresses.isOldClient(fromId) ? request(room, info, from, toId, requestId) : undefined
    if (fromId !== info.anchor.id)
      return
    await (signal.type === 'response' ? respond(info, from, toId, signal.result) : kick(info, from, toId))
  }

  return async ({ from, to, id, elements }) => {
    const signal = readLinkMic(elements)
    if (signal === undefined)
      return false
    const [fromId, toId] = [addresses.userAt(from), addresses.userAt(to)]
    const room = signal && rooms.get(addresses.roomAt(signal.roomID) ?? signal.roomID)
    if (!signal || !room)
      return toId !== undefined && addresses.isOldClient(toId)
    if (fromId === undefined || toId === undefined)
      return true
    try {
      await act(room, fromId, toId, signal, `weapp-${id}`)
    }
    catch (error) {
      if (!(error instanceof AppError)) // else the rooms have refused it, and nothing has changed
        log.error({ err: error, roomId: room.roomId, userId: fromId }, 'a message of an old client came to nothing')
    }
    return true
  }
}
