/** The anchor's machine before the room is on its way: the preview, the countdown, the room being created. */
import type { AnchorEvent, In, Next } from './anchorState'
import type { PreviewEvent } from './previewMachine'
import type { PictureSource } from '@/src/live/components/media'
import { goOnAir, withFirst } from './anchorOnAir'
import { COUNTDOWN_SECONDS, next } from './anchorState'
import { openPreview, transitionPreview } from './previewMachine'

export function openAnchor(source: PictureSource): Next {
  const { state: preview, effects } = openPreview(source)
  return next({ status: 'preparing', preview, problem: null }, ...effects)
}

export function whilePreparing(state: In<'preparing'>, event: AnchorEvent): Next {
  const { preview } = state
  switch (event.type) {
    case 'goLive':
      if (preview.status !== 'showing')
        return next(state)
      return next(
        { status: 'countdown', requestId: event.requestId, preview, secondsLeft: COUNTDOWN_SECONDS, created: null },
        { type: 'createRoom', requestId: event.requestId, title: event.title },
        { type: 'countSecond', requestId: event.requestId },
      )
    case 'useEncoder':
      return next(
        { status: 'creating', requestId: event.requestId, preview },
        { type: 'createRoom', requestId: event.requestId, title: event.title },
      )
    default:
      return isPreviewEvent(event) ? withPreview(state, event) : next(state)
  }
}

export function whileCounting(state: In<'countdown'>, event: AnchorEvent): Next {
  const { created, preview, requestId, secondsLeft } = state
  switch (event.type) {
    case 'second':
      if (event.requestId !== requestId || secondsLeft === 0)
        return next(state)
      if (secondsLeft > 1)
        return next({ ...state, secondsLeft: secondsLeft - 1 }, { type: 'countSecond', requestId })
      return created ? goOnAir(created.room, created.publish, null, 'device') : next({ ...state, secondsLeft: 0 })
    case 'created':
      return secondsLeft > 0 ? next({ ...state, created: event.created }) : goOnAir(event.created.room, event.created.publish, null, 'device')
    case 'createFailed':
      return event.requestId === requestId ? next({ status: 'preparing', preview, problem: event.code }) : next(state)
    case 'cancel':
      return created
        ? next({ status: 'preparing', preview, problem: null }, { type: 'abandonRoom', roomId: created.room.id })
        : next({ status: 'preparing', preview, problem: null })
    case 'problem': {
      // The camera went away while the numbers ran.
      const { state: blocked } = transitionPreview(preview, event)
      return next({ status: 'preparing', preview: blocked, problem: null }, ...(created ? [{ type: 'abandonRoom', roomId: created.room.id } as const] : []))
    }
    default:
      return next(state)
  }
}

export function whileCreating(state: In<'creating'>, event: AnchorEvent): Next {
  switch (event.type) {
    case 'created':
      // The encoder may use the camera: this device lets go of it.
      return withFirst({ type: 'stopPush' }, goOnAir(event.created.room, event.created.publish, null, 'encoder'))
    case 'createFailed':
      return event.requestId === state.requestId ? next({ status: 'preparing', preview: state.preview, problem: event.code }) : next(state)
    case 'cancel':
      return next({ status: 'preparing', preview: state.preview, problem: null })
    default:
      return next(state)
  }
}

function withPreview(state: In<'preparing'>, event: PreviewEvent): Next {
  const { effects, state: preview } = transitionPreview(state.preview, event)
  return next({ status: 'preparing', preview, problem: state.problem }, ...effects)
}

function isPreviewEvent(event: AnchorEvent): event is PreviewEvent {
  return ['choose', 'permission', 'allow', 'refuse', 'previewStarted', 'problem', 'recheck'].includes(event.type)
}
