import type { GuestPage } from './GuestPage'
import type { Stage, Walk } from './Walk'
import { expect } from 'vitest'
import { DROP_GRACE_MS } from '@/shared/domain/linkMic'
import { holdsSeat, queueOf, seatedOf } from '@/shared/domain/stage'
import { applicationsOf, guestsOnStage, invitationsOf } from '@/src/live/sessions/deskState'
import { linkOf, mayPublish, tracksOf } from '@/src/live/sessions/guestState'
import { ANCHOR } from './Server'
import { PEOPLE } from './Walk'

/** What must be true on the server at any moment. */
export async function checkServer({ server }: Walk, before: Stage): Promise<Stage> {
  const { stage } = await server.record()
  const seats = seatedOf(stage).map(({ seat }) => seat)
  expect(seats.length).toBeLessThanOrEqual(3)
  expect(new Set(seats).size).toBe(seats.length)
  expect(stage.version).toBeGreaterThanOrEqual(before.version)
  for (const streamId of server.media.live.keys()) {
    const userId = streamId.split('-')[1]
    expect(userId === ANCHOR.id || holdsSeat(stage, userId), `${userId} publishes without a seat`).toBe(true)
  }
  for (const { id } of PEOPLE)
    expect(server.canPublish(id), id).toBe(holdsSeat(stage, id))
  for (const { link, user } of stage.guests)
    expect(before.endings.some(past => past.userId === user.id && past.requestId === link.requestId), `${user.id}'s ${link.requestId} was over`).toBe(false)
  const names = (of: Stage) => queueOf(of).map(({ link, user }) => `${user.id} ${link.requestId}`)
  const [were, are] = [names(before), names(stage)]
  expect(are.filter(name => were.includes(name))).toEqual(were.filter(name => are.includes(name)))
  for (const { link, user } of seatedOf(before)) {
    const ending = stage.endings.find(past => past.userId === user.id && past.requestId === link.requestId)
    if (ending?.reason === 'dropped')
      expect(Math.max(server.hub.absences.lengthAt(user.id, ending.at), server.absences.lengthAt(user.id, ending.at)), `${user.id} was dropped too early`).toBeGreaterThanOrEqual(DROP_GRACE_MS)
  }
  expect(server.errors).toEqual([])
  return stage
}

/** What must be true when everything has arrived. */
export async function checkRest(walk: Walk): Promise<void> {
  const { anchor, pages, server } = walk
  const room = await server.room()
  for (const page of pages.values())
    await checkPage(walk, page)
  const desk = anchor.desk.state.value
  const { invitations, queue } = await server.view(ANCHOR.id)
  expect(desk.decisions).toEqual([])
  expect(applicationsOf(desk)).toEqual(queue)
  expect(invitationsOf(desk)).toEqual(invitations)
  expect(guestsOnStage(desk)).toEqual(room.stage.guests)
}

async function checkPage({ server }: Walk, { pusher, room, session, user }: GuestPage): Promise<void> {
  const view = await server.view(user.id)
  const state = session.state.value
  const seen = linkOf(state)
  const isForgotten = view.link.status === 'idle' && view.link.ending === null
  expect(state.wishes).toEqual([])
  expect(isForgotten ? seen.status : seen, user.id).toEqual(isForgotten ? 'idle' : view.link)
  expect(state.view).toMatchObject({ position: view.position, seat: view.seat, sound: view.sound, picture: view.picture })
  expect(room?.stage).toEqual((await server.room()).stage)
  if (view.sound)
    expect(tracksOf(state)).toEqual({ sound: view.sound, picture: view.picture })
  expect(state.publication.status).toBe(mayPublish(state) ? 'on' : 'none')
  if (!mayPublish(state))
    expect(pusher.isSending).toBe(false)
  if (view.link.status === 'linked')
    expect(server.media.live.has(`${server.roomId}-${user.id}`)).toBe(true)
}
