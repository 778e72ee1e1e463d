/** A room's link-mic in memory: the stage that the server runs, and what each person sees of it. */
import type { SeatedGuest, Stage, StageEvent, StageStep } from '@/shared/domain/stage'
import type { LinkMicCommand, LinkMicView, PublicStage, StageGuest } from '@/shared/protocol/linkMic'
import type { User } from '@/shared/protocol/rest'
import { streamIdOf } from '@/shared/domain/ids'
import { deadlineOf } from '@/shared/domain/linkMic'
import { EMPTY_STAGE, linkOf, queueOf, seatedOf, transitionStage } from '@/shared/domain/stage'

export class FakeStage {
  stage: Stage<User> = { ...EMPTY_STAGE, isOnAir: true }
  isMixed = false

  constructor(readonly roomId: string, private readonly now: () => number) {}

  take(event: StageEvent<User>): StageStep<User> {
    const step = transitionStage(this.stage, event)
    this.stage = step.state
    return step
  }

  /** As the server hears it; `find` knows the people by their ids. */
  command(command: LinkMicCommand, sender: User, find: (userId: string) => User): StageStep<User> {
    const at = this.now()
    switch (command.type) {
      case 'apply': return this.take({ ...command, user: sender, isHere: true, at })
      case 'acceptInvitation':
      case 'leave': return this.take({ ...command, userId: sender.id, at })
      case 'report': return this.take({ ...command, userId: sender.id })
      case 'mute': return this.take(command)
      case 'invite': return this.take({ ...command, user: find(command.userId), at })
      default: return this.take({ ...command, at })
    }
  }

  get public(): PublicStage {
    return { admission: this.stage.admission, guests: seatedOf(this.stage).map(guest => this.present(guest)), isMixed: this.isMixed }
  }

  viewFor(userId: string, isAnchor = false): LinkMicView {
    const { admission, guests, version } = this.stage
    const guest = guests.find(({ user }) => user.id === userId)
    const queue = queueOf(this.stage)
    const position = queue.findIndex(({ user }) => user.id === userId) + 1
    return {
      roomId: this.roomId,
      version,
      at: this.now(),
      admission,
      link: linkOf(this.stage, userId),
      position: position > 0 ? position : null,
      seat: guest?.seat ?? null,
      sound: guest?.seat ? guest.sound : null,
      picture: guest?.seat ? guest.picture : null,
      ...(isAnchor ? { queue: queue.map(({ link: { at, deadline, medium, requestId }, user }) => ({ user, requestId, medium, at, deadline })), invitations: guests.flatMap(toInvitation) } : {}),
    }
  }

  private present({ link, picture, seat, sound, user }: SeatedGuest<User>): StageGuest {
    return { user, seat, requestId: link.requestId, status: link.status, deadline: deadlineOf(link) ?? null, medium: link.medium, streamId: streamIdOf(this.roomId, user.id), sound, picture }
  }
}

function toInvitation({ link, user }: Stage<User>['guests'][number]) {
  return link.status === 'invited' ? [{ user, requestId: link.requestId, at: link.at, deadline: link.deadline }] : []
}
