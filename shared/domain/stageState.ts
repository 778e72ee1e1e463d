/**
 * What a stage is: who sits on it, who waits for it, and how the latest requests ended. Plain data, kept as JSON with the
 * room; its changes are in stage.ts. All times are unix milliseconds.
 */
import type { SeatNumber } from './layout'
import type { Active, Applying, Ending, LinkMic, Seated } from './linkMic'
import { SEATS } from './layout'
import { deadlineOf, isSeated, NOT_LINKED } from './linkMic'

export const QUEUE_MAX = 20
export const INVITATIONS_MAX = 20

/** Who decides about applications: the anchor, nobody (whoever applies is let in), or there are none. */
export type AdmissionMode = 'ask' | 'open' | 'closed'

/** A guest's microphone or camera: as the guest has it, and whether the anchor has muted it. */
export interface Track {
  readonly isOn: boolean
  readonly isMuted: boolean
}

export interface Person { readonly id: string }

/** Somebody on the way to the stage or on it. */
export interface Guest<P extends Person = Person> {
  readonly user: P
  readonly link: Active
  /** Null before the anchor's yes. */
  readonly seat: SeatNumber | null
  /** The publication on air. */
  readonly sessionId: string | null
  /** What they say holds from the seat on. */
  readonly sound: Track
  readonly picture: Track
}

export type SeatedGuest<P extends Person = Person> = Guest<P> & { readonly link: Seated, readonly seat: SeatNumber }
export type Applicant<P extends Person = Person> = Guest<P> & { readonly link: Applying }

export interface Stage<P extends Person = Person> {
  /** Grows by one with every change. */
  readonly version: number
  readonly admission: AdmissionMode
  /** The anchor's stream is there; else nobody applies, and the clocks of applications stand still. */
  readonly isOnAir: boolean
  /** In the order in which they came. */
  readonly guests: readonly Guest<P>[]
  /** Oldest first. */
  readonly endings: readonly PastRequest[]
}

export type PastRequest = Ending & { readonly userId: string }

export const EMPTY_STAGE: Stage<never> = { version: 0, admission: 'ask', isOnAir: false, guests: [], endings: [] }

/** Applications in the order in which they came. */
export const queueOf = <P extends Person>({ guests }: Stage<P>): readonly Applicant<P>[] => guests.filter((guest): guest is Applicant<P> => guest.link.status === 'applying')

/** Guests with a seat, by its number. */
export const seatedOf = <P extends Person>({ guests }: Stage<P>): readonly SeatedGuest<P>[] => guests.filter((guest): guest is SeatedGuest<P> => isSeated(guest.link)).sort((one, other) => one.seat - other.seat)

export const holdsSeat = (stage: Stage, userId: string): boolean => seatedOf(stage).some(({ user }) => user.id === userId)

export function freeSeat(stage: Stage): SeatNumber | undefined {
  const taken = stage.guests.map(({ seat }) => seat)
  return SEATS.find(seat => !taken.includes(seat))
}

/** A person's way, or how the last one ended. */
export function linkOf({ guests, endings }: Stage, userId: string): LinkMic {
  const guest = guests.find(({ user }) => user.id === userId)
  if (guest)
    return guest.link
  const last = endings.filter(past => past.userId === userId).pop()
  if (!last)
    return NOT_LINKED
  const { userId: _, ...ending } = last
  return { status: 'idle', ending }
}

/** When `tick` is due; undefined: nobody waits. */
export function stageDeadline({ guests }: Stage): number | undefined {
  const deadlines = guests.map(({ link }) => deadlineOf(link)).filter(deadline => deadline !== undefined)
  return deadlines.length > 0 ? Math.min(...deadlines) : undefined
}
