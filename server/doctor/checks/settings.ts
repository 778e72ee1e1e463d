/** What is set, before anything is asked. */
import type { Environment } from '../../environment'
import type { Check } from '../Check'
import { parseEnv } from 'node:util'
import { Environment as Schema } from '../../environment'
import { failed, ok, skipped, text, warning } from '../Finding'
import { PAGES } from '../pages'

/** Names that a variable of ours begins with. */
const OURS = /^(?:MEDIA|IM|TENCENT|SRS|WECHAT|WEAPP|ACCOUNT|GUESTS|PUSH|PLAY|SIGN|SESSION|PUBLIC|RTMP|RTC|MIX|CHAT|TRUST|DATA|ADMIN|METRICS|VITE|BLOCKED|SIMULATOR|TEST|DEMO)(?:_|$)/
/** Of the build and the release; the rest is in environment.ts. */
const OF_THE_BUILD = ['VITE_SERVER_URL', 'WECHAT_CI_KEY', 'WECHAT_CI_ROBOT']

/** Secrets that people make up; those of a console are as strong as it makes them. */
const MADE_UP = ['PUSH_KEY', 'PLAY_KEY', 'SESSION_SECRET', 'METRICS_TOKEN', 'ADMIN_TOKEN', 'SRS_HOOK_SECRET', 'ACCOUNT_JWT_SECRET', 'TENCENT_CALLBACK_KEY', 'TENCENT_IM_CALLBACK_TOKEN'] as const
const SHORT = 16
const COMMON = /password|secret|changeme|example|test|123456|qwerty|admin|token/i
const FEW_CHARACTERS = 6

const environment: Check = {
  id: 'environment',
  area: 'settings',
  title: text('环境变量', 'Environment'),
  why: text('有一项错，服务器就不启动', 'With one of them wrong the server does not start'),
  doc: PAGES.settings,
  variables: [],
  look({ settings: { problems } }) {
    if (problems.length === 0)
      return ok('都能用', 'All can be used')
    const names = problems.map(problem => problem.split(' ', 1)[0]).join(', ')
    const lines = problems.map(problem => `\n· ${problem}`).join('')
    return failed(text(`${problems.length} 处不对：${names}`, `${problems.length} to put right: ${names}`), text(`逐项改正：${lines}`, `Put each right:${lines}`))
  },
}

const names: Check = {
  id: 'environment.names',
  area: 'settings',
  title: text('.env 里的名字', 'Names in .env'),
  why: text('写错名字的设置不起作用，也没有人提醒', 'A misspelt setting does nothing, and nobody says so'),
  doc: PAGES.settings,
  variables: [],
  look({ machine }) {
    const file = machine.read('.env')
    if (file === undefined)
      return skipped('没有 .env', 'There is no .env')
    const known = [...Object.keys(Schema.entries), ...OF_THE_BUILD]
    const strange = Object.keys(parseEnv(file)).filter(name => OURS.test(name) && !known.includes(name))
    return strange.length === 0
      ? ok('都认识', 'All are known')
      : warning(text(`不认识 ${strange.join('、')}`, `Unknown: ${strange.join(', ')}`), text('对照 .env.example 改正', 'Compare with .env.example'))
  },
}

const secrets: Check = {
  id: 'secrets',
  area: 'settings',
  title: text('密钥强度', 'Strength of secrets'),
  why: text('猜得到的密钥等于没有：谁都能推流、冒充或改数据', 'A secret that can be guessed is none: anybody could publish, pose as others or steer the server'),
  doc: PAGES.settings,
  variables: MADE_UP,
  look({ settings: { values } }) {
    const weak = MADE_UP.filter(name => isWeak(values[name], values, name))
    return weak.length === 0
      ? ok('没有太弱的', 'None is weak')
      : warning(text(`太弱：${weak.join('、')}`, `Weak: ${weak.join(', ')}`), text('用 "openssl rand -hex 32" 各生成一个；控制台里的也要一起改', 'Make each with "openssl rand -hex 32"; those that a console holds too are changed there as well'))
  },
}

const sameSecrets: Check = {
  id: 'secrets.distinct',
  area: 'settings',
  title: text('密钥各不相同', 'Secrets differ'),
  why: text('一个泄漏，其他的也跟着泄漏', 'Who learns one learns the other'),
  doc: PAGES.settings,
  variables: MADE_UP,
  look({ settings: { values } }) {
    const shared = MADE_UP.filter(name => values[name] !== undefined && MADE_UP.some(other => other !== name && values[other] === values[name]))
    return shared.length === 0
      ? ok('没有相同的', 'No two are the same')
      : warning(text(`有相同的：${shared.join('、')}`, `Some are the same: ${shared.join(', ')}`), text('每个用不同的值', 'Give each a value of its own'))
  },
}

const files: Check = {
  id: 'secrets.files',
  area: 'settings',
  title: text('密钥文件的权限', 'Files with secrets'),
  why: text('这台机器上的其他用户读得到就能冒充服务器', 'Whoever else on this machine may read them can pose as the server'),
  doc: PAGES.deploy,
  variables: ['TENCENT_SDK_PRIVATE_KEY_FILE'],
  look({ machine, settings: { values } }) {
    const open = ['.env', values.TENCENT_SDK_PRIVATE_KEY_FILE].filter(file => file !== undefined).filter((file) => {
      const sight = machine.file(file)
      return sight?.isFile && (sight.mode & 0o007) !== 0
    })
    return open.length === 0
      ? ok('别的用户读不到', 'No stranger may read them')
      : values.NODE_ENV === 'production'
        ? warning(text(`任何用户都能读 ${open.join('、')}`, `Any user may read ${open.join(', ')}`), text(`chmod 600 ${open.join(' ')}`, `chmod 600 ${open.join(' ')}`))
        : ok('只用来开发，先不计较', 'Good enough for development')
  },
}

const production: Check = {
  id: 'production',
  area: 'settings',
  title: text('生产模式', 'Production mode'),
  why: text('开发模式有演示房间、借出的画面和测试地址，谁都能看指标：泄露情况，也花流量的钱', 'Development has a demo room, lends streams, gives test addresses and shows its metrics to anybody: that tells strangers too much, and traffic costs money'),
  doc: PAGES.deploy,
  variables: ['NODE_ENV', 'METRICS_TOKEN', 'TEST_STREAMS'],
  look({ settings: { values } }) {
    if (values.NODE_ENV !== 'production') {
      return usesCloud(values)
        ? warning(text('用了云服务，却是开发模式', 'A cloud is used in development mode'), text('上线前设 NODE_ENV=production', 'Set NODE_ENV=production before people come'))
        : skipped('开发模式', 'Development')
    }
    if (values.METRICS_TOKEN === undefined)
      return warning(text('谁都能看 /metrics', 'Anybody may read /metrics'), text('设 METRICS_TOKEN', 'Set METRICS_TOKEN'))
    if (values.TEST_STREAMS === '1')
      return warning(text('谁都能要到测试推流地址', 'Anybody is given an address to publish to'), text('去掉 TEST_STREAMS=1', 'Take TEST_STREAMS=1 away'))
    return ok('是', 'Yes')
  },
}

const blockedWords: Check = {
  id: 'blocked-words',
  area: 'settings',
  title: text('屏蔽词表', 'Blocked words'),
  why: text('读不到就没有词被屏蔽', 'A list that cannot be read blocks nothing'),
  doc: PAGES.settings,
  variables: ['BLOCKED_WORDS_FILE'],
  look({ machine, settings: { values: { BLOCKED_WORDS_FILE: file } } }) {
    if (file === undefined)
      return skipped('没有设置', 'None is set')
    const count = machine.read(file)?.split('\n').filter(line => line.trim() !== '').length
    if (count === undefined)
      return failed(text(`读不到 ${file}`, `${file} cannot be read`), text('改正 BLOCKED_WORDS_FILE 的路径', 'Put the path in BLOCKED_WORDS_FILE right'))
    return count > 0 ? ok(`${count} 个`, `${count} words`) : warning(text('表是空的', 'The list is empty'), text('每行写一个词', 'Write one word a line'))
  },
}

export const settingsChecks: readonly Check[] = [environment, names, secrets, sameSecrets, files, production, blockedWords]

const usesCloud = (values: Environment): boolean => values.MEDIA === 'tencent' || values.IM === 'tencent'

/** A key of the Cloud Live console has about ten characters and is as long as it can be. */
function isWeak(secret: string | undefined, { MEDIA }: Environment, name: string): boolean {
  if (secret === undefined)
    return false
  const isOfConsole = MEDIA === 'tencent' && (name === 'PUSH_KEY' || name === 'PLAY_KEY')
  return COMMON.test(secret) || new Set(secret).size < FEW_CHARACTERS || (secret.length < SHORT && !isOfConsole)
}
