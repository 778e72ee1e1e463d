/**
 * The anchor's picture before going live: permission is explained before it is asked for, and a refusal says what helps.
 * Pure; the anchor's machine carries it while preparing. Rules: docs/SPEC.md, section UI.
 */
import type { Step } from '@/shared/domain/transition'
import type { MediaProblemCode, PictureSource } from '@/src/live/components/media'
import type { Permission } from '@/src/ports/DeviceAccess'
import { step } from '@/shared/domain/transition'

export type Preview
  /** Finding out whether permission was given earlier. */
  = | { readonly status: 'checking', readonly source: PictureSource }
  /** WeChat asks for agreement to the privacy guide of this name before anything else. */
    | { readonly status: 'agreeing', readonly source: PictureSource, readonly guide: string }
  /** The system would ask now: first we say why. */
    | { readonly status: 'explaining', readonly source: PictureSource }
    | { readonly status: 'asking', readonly source: PictureSource }
    | { readonly status: 'showing', readonly source: PictureSource }
    | { readonly status: 'blocked', readonly source: PictureSource, readonly problem: MediaProblemCode }

export type PreviewEvent
  = | { readonly type: 'choose', readonly source: PictureSource }
    /** `camera` is granted where none is needed; `guide` is the privacy guide that has not been agreed to. */
    | { readonly type: 'permission', readonly source: PictureSource, readonly camera: Permission, readonly microphone: Permission, readonly guide?: string }
  /** The person has read why, and agrees to be asked. */
    | { readonly type: 'allow' }
    | { readonly type: 'previewStarted' }
    | { readonly type: 'problem', readonly problem: MediaProblemCode }
  /** Not to the privacy guide. */
    | { readonly type: 'refuse' }
  /** Once more: after a device was freed, the person came back from the settings, or agreed to the privacy guide. */
    | { readonly type: 'recheck' }

export type PreviewEffect
  = | { readonly type: 'checkPermission', readonly source: PictureSource }
    | { readonly type: 'startPreview' }

export function openPreview(source: PictureSource): Step<Preview, PreviewEffect> {
  // A screen or a pattern has no permission that could be looked up: choosing it is the tap that asks.
  return source === 'screen' || source === 'pattern'
    ? ask(source)
    : step<Preview, PreviewEffect>({ status: 'checking', source }, { type: 'checkPermission', source })
}

export function transitionPreview(preview: Preview, event: PreviewEvent): Step<Preview, PreviewEffect> {
  const { source, status } = preview
  switch (event.type) {
    case 'choose':
      return openPreview(event.source)
    case 'recheck':
      return openPreview(source)
    case 'permission':
      return status === 'checking' && event.source === source ? whenChecked(source, event) : step(preview)
    case 'allow':
      return status === 'explaining' ? ask(source) : step(preview)
    case 'refuse':
      return status === 'agreeing' ? step({ status: 'blocked', source, problem: 'PRIVACY_DENIED' }) : step(preview)
    case 'previewStarted':
      return status === 'asking' ? step({ status: 'showing', source }) : step(preview)
    case 'problem':
      return step({ status: 'blocked', source, problem: event.problem })
  }
}

function whenChecked(source: PictureSource, { camera, guide, microphone }: Extract<PreviewEvent, { type: 'permission' }>): Step<Preview, PreviewEffect> {
  if (guide !== undefined)
    return step({ status: 'agreeing', source, guide })
  if (camera === 'denied' || microphone === 'denied')
    return step({ status: 'blocked', source, problem: camera === 'denied' ? 'CAMERA_DENIED' : 'MICROPHONE_DENIED' })
  return camera === 'granted' && microphone === 'granted' ? ask(source) : step({ status: 'explaining', source })
}

const ask = (source: PictureSource): Step<Preview, PreviewEffect> => step<Preview, PreviewEffect>({ status: 'asking', source }, { type: 'startPreview' })
