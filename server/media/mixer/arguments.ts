/** What ffmpeg is told. Only shapes and numbers: streams come and go through pipes, so no address and no key is ever shown by `ps`. */
import type { MixQuality, Size } from './quality'
import { AUDIO_KBPS, CHANNELS, FRAME_RATE, KEY_FRAME_EVERY_FRAMES, SAMPLE_RATE } from './quality'

/** Where an ffmpeg reads and writes beside standard input and output. */
export const EXTRA_PIPE = 3

/** Not known to an ffmpeg before 5.1; what it took the place of is not known to 9. */
export const CONSTANT_RATE = ['-fps_mode', 'cfr']

const QUIET = ['-nostdin', '-hide_banner', '-v', 'error']
const RAW_SOUND = ['-f', 's16le', '-ar', String(SAMPLE_RATE), '-ac', String(CHANNELS)]

/**
 * FLV on standard input → pictures of one size on standard output, sound on the extra pipe. Both begin at timestamp 0 and
 * have no holes, so that counting them says when each is due. That is why the rate belongs to the output: filters begin
 * anew when a camera changes its size. It begins at once: the headers say all that ffmpeg would otherwise watch the stream
 * for a second to find out (`-fflags nobuffer` would throw away what it has watched). A picture fills its size and is cropped where it
 * has another shape.
 */
export function decoderArguments({ picture, hasSound }: { picture?: Size, hasSound: boolean }): string[] {
  return [
    ...QUIET,
    ...['-threads', '1', '-flags', 'low_delay', '-analyzeduration', '1', '-fpsprobesize', '0', '-copyts', '-f', 'flv', '-i', 'pipe:0'],
    ...(picture ? ['-map', '0:v', '-vf', cover(picture), '-r', String(FRAME_RATE), ...CONSTANT_RATE, '-f', 'rawvideo', '-flush_packets', '1', 'pipe:1'] : []),
    ...(hasSound ? ['-map', '0:a', '-af', `aresample=${SAMPLE_RATE}:async=1:min_hard_comp=0.04:first_pts=0`, ...RAW_SOUND, '-flush_packets', '1', `pipe:${EXTRA_PIPE}`] : []),
  ]
}

/** Pictures on standard input and sound on the extra pipe → FLV on standard output. */
export function encoderArguments(size: Size, { videoKbps }: MixQuality): string[] {
  const rate = `${videoKbps}k`
  return [
    ...QUIET,
    ...['-probesize', '32', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', String(FRAME_RATE), '-i', 'pipe:0'],
    ...['-probesize', '32', ...RAW_SOUND, '-i', `pipe:${EXTRA_PIPE}`],
    ...['-map', '0:v', '-map', '1:a'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', '-threads', '1'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-g', String(KEY_FRAME_EVERY_FRAMES)],
    ...['-c:a', 'aac', '-b:a', `${AUDIO_KBPS}k`],
    ...['-flush_packets', '1', '-flvflags', 'no_duration_filesize', '-f', 'flv', 'pipe:1'],
  ]
}

function cover({ width, height }: Size): string {
  return [
    `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bilinear`,
    `crop=${width}:${height}`,
    'setsar=1',
    'format=yuv420p',
  ].join(',')
}
