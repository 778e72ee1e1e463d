import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { outputOf } from '../build.mjs'
import { Problem } from '../problem.mjs'
import { inRoot } from '../root.mjs'
import { appIdOf, privateKeyPathOf } from './account.mjs'
import { lastCommit } from './lastCommit.mjs'
import { checkServerUrl } from './serverUrl.mjs'

/** Options of each action; all of them take a value. */
export const OPTIONS = {
  check: [],
  preview: ['desc', 'robot', 'page', 'query', 'image'],
  upload: ['version', 'desc', 'robot'],
}

/**
 * What there is to do, with everything checked that can be checked before the long work begins.
 *
 * @param {string[]} args the action and its options
 * @param {NodeJS.ProcessEnv} env WECHAT_APPID, WECHAT_CI_KEY, WECHAT_CI_ROBOT, VITE_SERVER_URL
 * @returns the job for runWeChat
 * @throws Problem on the first thing that is missing or wrong
 */
export function planJob([action, ...args], env) {
  const options = readOptions(action, args)
  const projectPath = outputOf('mp-weixin')
  if (action === 'check')
    return { action, projectPath, appid: 'wx0000000000000000' }

  const appid = appIdOf(env)
  const account = { appid, projectPath, privateKeyPath: privateKeyPathOf(env, appid) }
  const robot = robotOf(options.robot ?? env.WECHAT_CI_ROBOT)
  checkServerUrl(action, env.VITE_SERVER_URL)
  const { version: ownVersion } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8'))
  const desc = options.desc ?? lastCommit() ?? `Lianmai ${ownVersion}`
  if (action === 'upload')
    return { action, ...account, robot, desc, version: options.version ?? ownVersion }
  return { action, ...account, robot, desc, page: options.page, query: options.query, image: path.resolve(options.image ?? inRoot('unpackage/preview.jpg')) }
}

function readOptions(action, args) {
  const names = OPTIONS[action]
  if (!names)
    throw new Problem('Say what to do: npm run mp:check, npm run mp:preview or npm run mp:upload.')
  try {
    return parseArgs({ args, options: Object.fromEntries(names.map(name => [name, { type: 'string' }])) }).values
  }
  catch (error) {
    const known = names.length ? `Options go after two dashes: npm run mp:${action} -- ${names.map(name => `--${name} …`).join(' ')}.` : `npm run mp:${action} takes no options.`
    throw new Problem(`${error.message.split('. ')[0]}. ${known}`)
  }
}

function robotOf(wanted) {
  const robot = Number(wanted || 1)
  if (!Number.isInteger(robot) || robot < 1 || robot > 30)
    throw new Problem(`WeChat's upload robots are numbered 1 to 30; WECHAT_CI_ROBOT or --robot says "${wanted}".`)
  return robot
}
