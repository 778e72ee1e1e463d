import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { run } from '../command.mjs'
import { inRoot } from '../root.mjs'
import { explainRefusal } from './explainRefusal.mjs'

const TITLES = {
  check: 'WeChat\'s compiler is at work',
  preview: 'Compiling and sending to WeChat',
  upload: 'Compiling and uploading to WeChat',
}

/**
 * @typedef {object} WeChatJob
 * @property {'check' | 'preview' | 'upload'} action check: compile and ask nobody
 * @property {string} projectPath a finished build
 * @property {string} appid whose mini-program it is
 * @property {string} [privateKeyPath] upload key; a check needs none
 * @property {number} [robot] 1 to 30; each keeps a development version of its own
 * @property {string} [desc] shown in WeChat's console
 * @property {string} [version] of an upload
 * @property {string} [page] that a preview opens, with
 * @property {string} [query] a=1&b=2
 * @property {string} [image] where the QR code of a preview is written to
 */

/**
 * @param {WeChatJob} job what to do
 * @returns {Promise<{ packages?: { name: string, size: number }[], qrCode?: string }>} bytes by package (`__APP__` is the main one); the code as text
 * @throws Problem with WeChat's reason
 */
export async function runWeChat(job) {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'lianmai-wechat-')) // it leaves an empty folder behind wherever it runs
  try {
    const output = await run([process.execPath, inRoot('tools/miniprogram-ci/wechat.mjs'), JSON.stringify(job)], {
      cwd,
      title: TITLES[job.action],
      explain: output => explainRefusal(/^FAILED (.*)$/m.exec(output)?.[1] ?? 'it ended without an answer'),
    })
    return JSON.parse(/^DONE (.*)$/m.exec(output)[1])
  }
  finally {
    await rm(cwd, { recursive: true, force: true })
  }
}
