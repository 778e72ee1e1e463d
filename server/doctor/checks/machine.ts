/** This machine: what the server stands on. */
import type { Check } from '../Check'
import type { World } from '../World'
import path from 'node:path'
import { ask, readJson } from '../ask'
import { failed, ok, skipped, text, unknown, warning } from '../Finding'
import { PAGES } from '../pages'

const LOW_DISK_BYTES = 1024 ** 3
const SQLITE_HEADER = 'SQLite format 3\0'
/** A signature of Cloud API is good for five minutes, one of an IM webhook for one. */
const SKEW_FAILED_MS = 60_000
const SKEW_WARNING_MS = 10_000

const node: Check = {
  id: 'node',
  area: 'machine',
  title: text('Node.js 版本', 'Node.js'),
  why: text('更旧的版本缺少服务器用到的功能', 'Older ones lack what the server uses'),
  doc: PAGES.deploy,
  variables: [],
  look({ machine: { nodeVersion, nodeNeeded } }) {
    const needed = nodeNeeded.replace(/^>=/, '')
    return isAtLeast(nodeVersion, needed)
      ? ok(nodeVersion, nodeVersion)
      : failed(text(`${nodeVersion}，太旧`, `${nodeVersion} is too old`), text(`安装 Node.js ${needed} 或更新版本`, `Install Node.js ${needed} or newer`))
  },
}

const port: Check = {
  id: 'port',
  area: 'machine',
  title: text('网页与接口的端口', 'Port of web app and API'),
  why: text('端口被别的程序占用时，服务器启动不了', 'The server cannot start on a port that another program has'),
  doc: PAGES.deploy,
  variables: ['PORT', 'HOST'],
  look: world => lookAtPort(world, 'PORT'),
}

const rtmpPort: Check = {
  id: 'rtmp-port',
  area: 'machine',
  title: text('RTMP 端口', 'Port of RTMP'),
  why: text('OBS 和小程序从这里推流', 'OBS and the mini-program publish here'),
  doc: PAGES.deploy,
  variables: ['RTMP_PORT'],
  look: world => world.settings.values.MEDIA === 'embedded'
    ? lookAtPort(world, 'RTMP_PORT')
    : skipped('流不经过这台机器', 'Streams do not pass through this machine'),
}

const dataDir: Check = {
  id: 'data-dir',
  area: 'machine',
  title: text('数据目录', 'Data folder'),
  why: text('数据库、封面和密钥保存在这里', 'Database, covers and kept secrets live there'),
  doc: PAGES.deploy,
  variables: ['DATA_DIR'],
  look({ machine, settings }) {
    const folder = path.resolve(settings.values.DATA_DIR)
    return machine.canWrite(folder)
      ? ok(`${folder} 可写`, `${folder} can be written`)
      : failed(text(`${folder} 写不了`, `${folder} cannot be written`), text('让运行服务器的用户能写它，或把 DATA_DIR 设为别的目录', 'Make it writable for the server\'s user, or set DATA_DIR to another folder'))
  },
}

const disk: Check = {
  id: 'disk',
  area: 'machine',
  title: text('磁盘空间', 'Disk space'),
  why: text('写满后聊天和封面都存不下', 'Chat and covers cannot be kept on a full disk'),
  doc: PAGES.deploy,
  variables: ['DATA_DIR'],
  look({ machine, settings }) {
    const free = machine.freeBytes(path.resolve(settings.values.DATA_DIR))
    if (free === undefined)
      return unknown(text('看不出还有多少', 'Cannot be told'))
    const megabytes = `${Math.floor(free / 1024 ** 2)} MB`
    return free >= LOW_DISK_BYTES
      ? ok(`剩余 ${megabytes}`, `${megabytes} free`)
      : warning(text(`只剩 ${megabytes}`, `Only ${megabytes} free`), text('腾出空间，或把 DATA_DIR 移到大一些的磁盘', 'Make room, or move DATA_DIR to a larger disk'))
  },
}

const database: Check = {
  id: 'database',
  area: 'machine',
  title: text('数据库', 'Database'),
  why: text('房间、用户和聊天记录都在里面', 'Rooms, people and chat are in it'),
  doc: PAGES.deploy,
  variables: ['DATA_DIR'],
  look({ machine, settings }) {
    const file = path.resolve(settings.values.DATA_DIR, 'lianmai.db')
    if (machine.file(file) === null)
      return ok('还没有，第一次启动时建立', 'Not there yet: the first start makes it')
    const head = machine.read(file)?.slice(0, SQLITE_HEADER.length)
    return head === SQLITE_HEADER || head === ''
      ? ok(file, file)
      : failed(text(`${file} 不是能读的数据库`, `${file} is no database that can be read`), text('从备份恢复，或把它移走，让服务器建一个新的', 'Restore it from a backup, or move it away and let the server make a new one'))
  },
}

const ffmpeg: Check = {
  id: 'ffmpeg',
  area: 'machine',
  title: text('ffmpeg', 'ffmpeg'),
  why: text('没有它就不混流，观众要同时播放每个麦上的人', 'Without it stages are not mixed, and viewers play everybody on stage one by one'),
  doc: PAGES.deploy,
  variables: ['MIX', 'FFMPEG_PATH'],
  async look({ machine, settings: { values } }) {
    if (values.MEDIA !== 'embedded')
      return skipped('混流由云端或各端完成', 'Mixing is done elsewhere')
    if (values.MIX === 'off')
      return skipped('MIX=off', 'MIX=off')
    const problem = await machine.ffmpegProblem(values.FFMPEG_PATH ?? null)
    return problem === null
      ? ok('可以混流', 'Stages can be mixed')
      : warning(text(`不能混流：${problem}`, `Stages cannot be mixed: ${problem}`), text('安装 ffmpeg 5.1 或更新版本（含 libx264 和 aac），或设 MIX=off', 'Install ffmpeg 5.1 or newer with libx264 and aac, or set MIX=off'))
  },
}

const webApp: Check = {
  id: 'web-app',
  area: 'machine',
  title: text('网页', 'Web app'),
  why: text('没有构建就只有接口，打开首页是 404', 'Without a build there is an API only, and the home page is a 404'),
  doc: PAGES.deploy,
  variables: [],
  look: ({ machine }) => machine.hasWebApp()
    ? ok('已构建', 'Built')
    : skipped('还没有构建，npm start 会构建', 'Not built yet: npm start builds it'),
}

const clock: Check = {
  id: 'clock',
  area: 'machine',
  title: text('时钟', 'Clock'),
  why: text('签名里有时间：差得多了，云接口、回调和播放地址都会被拒绝', 'Signatures carry the time: with a wrong clock cloud APIs, callbacks and stream addresses are refused'),
  doc: PAGES.liveApiErrors,
  variables: [],
  async look(world) {
    const { values } = world.settings
    const address = values.MEDIA === 'tencent' ? values.TENCENT_LIVE_API_URL : values.IM === 'tencent' ? values.TENCENT_IM_API_URL : values.WECHAT_SECRET === undefined ? null : values.WECHAT_API_URL
    if (address === null)
      return skipped('没有用到云服务', 'No cloud is used')
    const date = Date.parse((await ask(world, address))?.headers.get('date') ?? '')
    if (Number.isNaN(date))
      return unknown(text('问不到准确的时间', 'Nobody here tells the right time'))
    const skew = Math.abs(world.clock.now() - date)
    const seconds = Math.round(skew / 1000)
    const fix = text('打开时间同步：timedatectl set-ntp true', 'Switch time synchronisation on: timedatectl set-ntp true')
    if (skew > SKEW_FAILED_MS)
      return failed(text(`差了 ${seconds} 秒`, `${seconds} s off`), fix)
    return skew > SKEW_WARNING_MS ? warning(text(`差了 ${seconds} 秒`, `${seconds} s off`), fix) : ok('准', 'Right')
  },
}

export const machineChecks: readonly Check[] = [node, port, rtmpPort, dataDir, disk, database, ffmpeg, webApp, clock]

async function lookAtPort(world: World, variable: 'PORT' | 'RTMP_PORT') {
  const { values } = world.settings
  const number = values[variable]
  if (number === 0)
    return skipped('0：任何空闲的端口', '0: any free one')
  if (!await world.machine.isPortTaken(number, values.HOST))
    return ok(`${number} 空闲`, `${number} is free`)
  if (await isOurServer(world))
    return ok(`${number}：我们的服务器正在运行`, `${number}: our server is running`)
  return failed(text(`${number} 被别的程序占用`, `${number} is taken by another program`), text(`停掉那个程序，或把 ${variable} 设为别的端口`, `Stop that program, or set ${variable} to another port`))
}

/** Whether it is this product that listens on PORT. */
async function isOurServer(world: World): Promise<boolean> {
  const { HTTPS, PORT } = world.settings.values
  const answer = await ask(world, `http://127.0.0.1:${PORT}/healthz`)
  if (answer === undefined)
    return false
  // With HTTPS=1 plain http is sent there, and the certificate is our own.
  if (HTTPS && answer.headers.get('location')?.startsWith('https://'))
    return true
  const health = readJson(answer)
  return health?.version !== undefined && health.media !== undefined
}

function isAtLeast(version: string, needed: string): boolean {
  const [given, least] = [version, needed].map(text => text.split('.').map(Number))
  const at = least.findIndex((part, index) => part !== (given[index] ?? 0))
  return at === -1 || (given[at] ?? 0) > least[at]
}
