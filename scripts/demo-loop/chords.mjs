// The sound of the demo room: four slow chords and a few bells. Notes that outlast the round come back at its beginning.

const SAMPLE_RATE = 48_000
const TURN = 2 * Math.PI
const frequencyOf = midi => 440 * 2 ** ((midi - 69) / 12)

/** F major 9, A minor 7, D minor 9, C major 9: MIDI notes. */
const CHORDS = [[41, 57, 60, 64, 67], [45, 55, 60, 64, 67], [38, 57, 60, 65, 64], [36, 55, 59, 64, 62]]
/** Beat (of sixteen) and note. */
const BELLS = [[0, 84], [3, 79], [6, 76], [8, 83], [11, 79], [14, 81]]

/** One round of `seconds` as interleaved stereo, 16 bit little-endian, 48 kHz; the end leads into the beginning. */
export function renderChords(seconds) {
  const length = Math.round(seconds * SAMPLE_RATE)
  const sound = [new Float64Array(length), new Float64Array(length)]
  CHORDS.forEach((notes, index) => notes.forEach((note, voice) =>
    addPad(sound, index / CHORDS.length * seconds, seconds / CHORDS.length, frequencyOf(note), voice)))
  for (const [beat, note] of BELLS)
    addBell(sound, beat / 16 * seconds, frequencyOf(note), beat)
  const wet = sound.map((channel, index) => reverberate(channel, index))
  return toPcm(sound.map((channel, index) => channel.map((value, at) => value + 0.5 * wet[index][at])))
}

function add(sound, start, seconds, left, voice) {
  const length = sound[0].length
  const first = Math.round(start * SAMPLE_RATE)
  for (let at = 0; at < seconds * SAMPLE_RATE; at++) {
    const value = voice(at / SAMPLE_RATE)
    const index = (first + at) % length
    sound[0][index] += value * left
    sound[1][index] += value * (1 - left)
  }
}

function addPad(sound, start, seconds, frequency, voice) {
  const swell = 0.9
  const total = seconds + 2 * swell
  const gain = voice === 0 ? 0.16 : 0.075
  add(sound, start, total, 0.35 + 0.075 * voice, (t) => {
    const envelope = Math.sin(Math.PI / 2 * Math.min(1, t / swell, (total - t) / (2 * swell))) ** 2
    const detuned = Math.sin(TURN * frequency * 1.0018 * t) + Math.sin(TURN * frequency * 0.9985 * t + voice)
    return gain * envelope * (detuned / 2 + 0.18 * Math.sin(TURN * 2 * frequency * t) + 0.06 * Math.sin(TURN * 3 * frequency * t))
  })
}

function addBell(sound, start, frequency, beat) {
  add(sound, start, 4, 0.3 + beat % 5 / 10, (t) => {
    const attack = Math.min(1, t / 0.008)
    return 0.07 * attack * (Math.exp(-1.6 * t) * Math.sin(TURN * frequency * t) + 0.35 * Math.exp(-3.5 * t) * Math.sin(TURN * 2.01 * frequency * t))
  })
}

/** Four combs and an all-pass, run three rounds so that the echoes of the end are there at the beginning. */
function reverberate(dry, channel) {
  const length = dry.length
  const wet = new Float64Array(length)
  for (const milliseconds of [43.7, 50.9, 57.1, 63.3]) {
    const line = new Float64Array(Math.round((milliseconds + channel * 1.3) * SAMPLE_RATE / 1000))
    let damped = 0
    for (let at = 0; at < 3 * length; at++) {
      const out = line[at % line.length]
      damped = 0.6 * out + 0.4 * damped
      line[at % line.length] = dry[at % length] + 0.83 * damped
      if (at >= 2 * length)
        wet[at - 2 * length] += out / 4
    }
  }
  return wet
}

function toPcm(channels) {
  const peak = channels.flatMap(channel => [...channel]).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const pcm = Buffer.alloc(channels[0].length * 4)
  channels.forEach((channel, index) => channel.forEach((value, at) => pcm.writeInt16LE(Math.round(value / peak * 0.5 * 32767), at * 4 + index * 2)))
  return pcm
}
