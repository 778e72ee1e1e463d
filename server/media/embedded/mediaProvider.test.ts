import { describeMediaProvider } from '../../../tests/conformance/mediaProvider'
import { prepareMixing } from '../mixer/prepareMixing'
import { MIX_QUALITIES } from '../mixer/quality'
import { startTestMedia } from './testing/mediaServer'

const traits = {
  ways: { push: ['rtmp', 'whip'], play: ['rtmp', 'flv', 'wsFlv', 'whep'] },
  capabilities: { whip: true, whep: true, forbid: false, mute: true, mix: true, programme: true },
}

describeMediaProvider('the embedded engine', traits, async (options) => {
  const mixing = await prepareMixing({ ffmpegPath: null, quality: MIX_QUALITIES['360p'], maxRooms: 1 }, () => {})
  const { provider, origin, stop } = await startTestMedia({ ...options, mixing })
  let stopped: Promise<void> | undefined
  return { provider, origin, close: () => stopped ??= stop() }
})
