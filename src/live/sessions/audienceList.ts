/** Who can be invited: fetched when somebody looks, the newest question's answer wins. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { User } from '@/shared/protocol/rest'
import type { RoomApi } from '@/src/ports/RoomApi'
import { failureCode } from './failureCode'
import { Observable } from './Observable'

export type AudienceList
  = | { readonly status: 'loading' }
    | { readonly status: 'failed', readonly code: ErrorCode }
    | { readonly status: 'loaded', readonly people: readonly User[], readonly total: number }

export class AudienceListSession {
  readonly state = new Observable<AudienceList>({ status: 'loading' })
  private turn = 0

  constructor(private readonly api: Pick<RoomApi, 'getAudience'>, private readonly roomId: string) {}

  /** People who are shown stay until the answer is there. */
  load(): void {
    const turn = ++this.turn
    if (this.state.value.status === 'failed')
      this.state.set({ status: 'loading' })
    this.api.getAudience(this.roomId).then(
      audience => this.settle(turn, { status: 'loaded', ...audience }),
      error => this.settle(turn, { status: 'failed', code: failureCode(error) }),
    )
  }

  stop(): void {
    this.turn++
  }

  private settle(turn: number, list: AudienceList): void {
    if (turn === this.turn)
      this.state.set(list)
  }
}
