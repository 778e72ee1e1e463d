import type { Preview, PreviewEffect, PreviewEvent } from './previewMachine'
import { describe, expect, it } from 'vitest'
import { transitionPreview } from './previewMachine'

const camera = { source: 'camera' } as const
const checking: Preview = { status: 'checking', ...camera }
const asking: Preview = { status: 'asking', ...camera }
const showing: Preview = { status: 'showing', ...camera }
const startPreview: PreviewEffect = { type: 'startPreview' }
const blocked: Preview = { status: 'blocked', ...camera, problem: 'CAMERA_DENIED' }
const agreeing: Preview = { status: 'agreeing', ...camera, guide: '《指引》' }
const unwilling: Preview = { status: 'blocked', ...camera, problem: 'PRIVACY_DENIED' }

describe('the preview', () => {
  it.each<[string, Preview, PreviewEvent, Preview, PreviewEffect[]]>([
    ['[UI50] given earlier: the picture comes at once', checking, { type: 'permission', ...camera, camera: 'granted', microphone: 'granted' }, asking, [startPreview]],
    ['[UI50] not asked yet: first it is explained', checking, { type: 'permission', ...camera, camera: 'unknown', microphone: 'granted' }, { status: 'explaining', ...camera }, []],
    ['[UI50] the microphone too', checking, { type: 'permission', ...camera, camera: 'granted', microphone: 'unknown' }, { status: 'explaining', ...camera }, []],
    ['[UI50] a denied camera', checking, { type: 'permission', ...camera, camera: 'denied', microphone: 'denied' }, blocked, []],
    ['[UI50] a denied microphone', checking, { type: 'permission', ...camera, camera: 'granted', microphone: 'denied' }, { status: 'blocked', ...camera, problem: 'MICROPHONE_DENIED' }, []],
    ['[UI50] an answer about a source no longer chosen', checking, { type: 'permission', source: 'none', camera: 'granted', microphone: 'denied' }, checking, []],
    ['[UI50] the person agrees', { status: 'explaining', ...camera }, { type: 'allow' }, asking, [startPreview]],
    ['[UI50] agreeing twice asks once', asking, { type: 'allow' }, asking, []],
    ['[UI50] the picture is there', asking, { type: 'previewStarted' }, showing, []],
    ['[WX1] the privacy guide comes before every permission', checking, { type: 'permission', ...camera, camera: 'denied', microphone: 'granted', guide: '《指引》' }, agreeing, []],
    ['[WX1] with nothing to agree to, all is as elsewhere', checking, { type: 'permission', ...camera, camera: 'granted', microphone: 'granted', guide: undefined }, asking, [startPreview]],
    ['[WX1] agreed to, the devices are looked at', agreeing, { type: 'recheck' }, checking, [{ type: 'checkPermission', source: 'camera' }]],
    ['[WX2] not agreed to, there is no picture', agreeing, { type: 'refuse' }, unwilling, []],
    ['[WX2] and the guide is offered again', unwilling, { type: 'recheck' }, checking, [{ type: 'checkPermission', source: 'camera' }]],
    ['[WX2] a refusal without a question changes nothing', showing, { type: 'refuse' }, showing, []],
    ['[UI50] a refusal comes before the end of asking', blocked, { type: 'previewStarted' }, blocked, []],
    ['[UI50] the device fails', asking, { type: 'problem', problem: 'DEVICE_BUSY' }, { status: 'blocked', ...camera, problem: 'DEVICE_BUSY' }, []],
    ['[UI50] back from the settings', blocked, { type: 'recheck' }, checking, [{ type: 'checkPermission', source: 'camera' }]],
    ['[UI50] a pattern needs no permission', blocked, { type: 'choose', source: 'pattern' }, { status: 'asking', source: 'pattern' }, [startPreview]],
    ['[UI50] choosing a screen is the tap that asks for it', showing, { type: 'choose', source: 'screen' }, { status: 'asking', source: 'screen' }, [startPreview]],
    ['[UI50] another source is checked anew', showing, { type: 'choose', source: 'none' }, { status: 'checking', source: 'none' }, [{ type: 'checkPermission', source: 'none' }]],
  ])('%s', (_, preview, event, expected, effects) => {
    expect(transitionPreview(preview, event)).toEqual({ state: expected, effects })
  })
})
