/** Tunables of the chat that Tencent IM carries. */
import type { BackoffPolicy } from '../../../shared/domain/backoff'
import type { Rate } from '../../chat/limits'

/** A room is created within this, or not at all: who creates it waits. */
export const CREATE_TIMEOUT_MS = 2000
export const CREATE_RETRY_MS = 250
/** How far a callback's time may be from ours; https://www.tencentcloud.com/document/product/1047/34354 */
export const CALLBACK_WINDOW_MS = 60_000
/** Callbacks of the window that are remembered, so that none is taken twice. */
export const CALLBACKS_REMEMBERED = 100_000
export const CALLBACK_BODY_MAX = '256kb'
/** Half of the calls a second that each command allows; https://www.tencentcloud.com/document/product/1047/34959 */
export const COMMAND_RATE: Rate = { perSecond: 100, burst: 100 }
/** Half of the 40 messages a second that a live group takes: the other half is for people. */
export const GROUP_RATE: Rate = { perSecond: 20, burst: 20 }
/** Groups whose pace is remembered; beyond, those that may go on at once are forgotten. */
export const GROUPS_REMEMBERED = 5000
export const ERRANDS_IN_FLIGHT = 32
/** Errands that wait, of everybody and of one room; beyond, the least important goes. */
export const ERRANDS_MAX = 5000
export const ERRANDS_OF_ONE_MAX = 100
export const ERRAND_BACKOFF: BackoffPolicy = { firstMs: 300, maxMs: 5000 }
/** For so long news is worth telling: a head count, a change of the room, and what must not be lost. */
export const STALE_NEWS_MS = 5000
export const NEWS_MS = 60_000
export const VITAL_MS = 10 * 60_000
/** A room's group is destroyed so long after its end has been told. */
export const DESTROY_AFTER_MS = 5000
/** Tencent counts every ten seconds; https://www.tencentcloud.com/document/product/1047/38521 */
export const COUNT_EVERY_MS = 10_000
/** Who has been silent for so long is dropped: two beats and a half. */
export const BEAT_STALE_MS = 50_000
/** Dropped, and back within this: has not been away. Longer than a beat, for a callback may tell of a drop that was none. */
export const RETURN_GRACE_MS = 30_000
/** One person's windows in one room; the oldest makes room. */
export const VISITS_OF_ONE_MAX = 5
export const ACCOUNTS_REMEMBERED = 10_000
/** When the server stops, errands on their way get this long. */
export const CLOSE_GRACE_MS = 1000
