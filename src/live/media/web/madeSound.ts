/** Sounds that we make ourselves: the test tone, and silence where there is no microphone. */
import type { Browser } from './browser'
import type { Feed } from './feed'

/** A soft A with its fifth, swelling slowly, so that a listener knows it for a test. */
export function toneFeed(browser: Browser): Feed {
  return madeFeed(browser, 'tone', (context, output) => {
    const swell = new OscillatorNode(context, { frequency: 0.25 })
    const depth = new GainNode(context, { gain: 0.02 })
    const loudness = new GainNode(context, { gain: 0.06 })
    swell.connect(depth).connect(loudness.gain)
    const fifth = new GainNode(context, { gain: 0.3 })
    const tones = [new OscillatorNode(context, { frequency: 440 }), new OscillatorNode(context, { frequency: 660 })]
    tones[0].connect(loudness)
    tones[1].connect(fifth).connect(loudness)
    loudness.connect(output)
    for (const source of [swell, ...tones])
      source.start()
  })
}

/** A stream that announced sound and sends none freezes players with a buffer per track. */
export function silenceFeed(browser: Browser): Feed {
  return madeFeed(browser, 'silence', (context, output) => {
    const nothing = new ConstantSourceNode(context, { offset: 0 })
    nothing.connect(output)
    nothing.start()
  })
}

function madeFeed(browser: Browser, key: string, connect: (context: AudioContext, output: AudioNode) => void): Feed {
  const context = browser.createAudioContext()
  const output = context.createMediaStreamDestination()
  connect(context, output)
  // After a reload no tap has allowed sound yet; the first one does.
  const stopListening = browser.onGesture(() => void context.resume())
  const [track] = output.stream.getAudioTracks()
  return {
    key,
    track,
    stop() {
      stopListening()
      track.stop()
      if (context.state !== 'closed')
        void context.close()
    },
    onEnded: () => {},
  }
}
