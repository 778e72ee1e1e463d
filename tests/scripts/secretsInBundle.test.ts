/** What is built where a server's secrets lie in the environment, as on a machine that builds and serves. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { createMarks } from '@/sandbox/testing/marks'
import { Environment } from '@/server/environment'

const root = path.resolve(import.meta.dirname, '../..')
const SERVER_URL = 'https://marked.example.com'

it.each(['h5', 'mp-weixin'])('[SB20] no secret of the environment is compiled into the app (%s)', { timeout: 300_000 }, async (platform) => {
  const marks = createMarks()
  const secrets = Object.fromEntries(Object.keys(Environment.entries).filter(name => /KEY|SECRET|TOKEN/.test(name)).map(name => [name, marks.make(40)]))
  const output = mkdtempSync(path.join(os.tmpdir(), 'lianmai-bundle-'))
  try {
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts/uni.mjs'), 'build', '-p', platform], {
      cwd: root,
      env: { ...process.env, ...secrets, UNI_OUTPUT_DIR: output, VITE_SERVER_URL: SERVER_URL },
      maxBuffer: 16 * 1024 * 1024,
    })
    const files = readdirSync(output, { recursive: true, withFileTypes: true }).filter(file => file.isFile()).map(file => path.join(file.parentPath, file.name))
    const texts = files.map(file => ({ file, text: readFileSync(file, 'latin1') }))
    if (platform === 'mp-weixin') // on the web the server is where the page is
      expect(texts.filter(({ text }) => text.includes(SERVER_URL)), 'what is meant to be compiled in, is').not.toEqual([])
    expect(texts.filter(({ text }) => marks.findIn(text).length > 0).map(({ file }) => file)).toEqual([])
  }
  finally {
    rmSync(output, { recursive: true, force: true })
  }
})
