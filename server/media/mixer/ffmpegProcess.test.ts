import { execFile } from 'node:child_process'
import { once } from 'node:events'
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { until } from '../embedded/testing/until'
import { startFfmpeg } from './ffmpegProcess'

function start(command: string, args: readonly string[] = []) {
  const ends: string[] = []
  return { ends, ...startFfmpeg(command, args, why => ends.push(why)) }
}

describe('an ffmpeg process', () => {
  it.each([
    ['that is not there', '/nowhere/ffmpeg', 'ENOENT'],
    ['that cannot be started at all', 'ff\0mpeg', 'null bytes'],
  ])('[LM86] %s ends later, and takes what it is given until then', async (_what, command, why) => {
    const { ends, input, extra, kill } = start(command)
    expect(ends).toEqual([])
    input.write('picture')
    extra.write('sound')
    await until(() => ends.length > 0)
    expect(ends).toEqual([expect.stringContaining(why)])
    kill()
  })

  it('[LM86] is nicer than the server', async () => {
    const { input, output, ends, kill } = start('sh', ['-c', 'read line; nice; read line'])
    input.write('go on\n')
    const [niceness] = await once(output, 'data') as [Buffer]
    expect(Number(niceness)).toBe(Math.min(os.getPriority() + 5, 19))
    kill()
    expect(ends).toEqual([])
  })

  it('[LM86] that finds no descriptor left costs the server nothing', { timeout: 30_000 }, async () => {
    const script = fileURLToPath(new URL('./testing/noDescriptors.ts', import.meta.url))
    const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n 64 && exec "$0" --import tsx "$1"', process.execPath, script])
    expect(stdout).toContain('EMFILE')
  })
})
