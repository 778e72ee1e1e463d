/** Somebody's empty project in JavaScript, into which the module was copied. */
import type { Project } from './support/project'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyProject } from './support/emptyProject'
import { createProject } from './support/project'

const PAGE = `<template>
  <view>
    <lianmai-live-room ref="room" role="audience" :roomid="roomid" muted @RoomEvent="hear">
      <template #audienceBackButton><button @tap="back">back</button></template>
    </lianmai-live-room>
  </view>
</template>

<script>
import liveRoom from '@/uni_modules/lianmai-live-room'

export default {
  data: () => ({ roomid: '' }),
  async onLoad({ roomid }) {
    await liveRoom.login({ server: 'https://live.example.com' })
    this.roomid = roomid
  },
  onReady() { this.$refs.room.start() },
  methods: { hear() {}, back() { uni.navigateBack() } },
}
</script>
`

let project: Project
beforeAll(async () => {
  project = await createProject(emptyProject(PAGE), ['--require', path.join(import.meta.dirname, 'support/hideOurs.cjs')])
})
afterAll(() => project?.remove())

/** Those of the words that stand in the build's scripts. */
function wordsIn(folder: string, words: readonly string[]) {
  const code = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js')).map(file => fs.readFileSync(path.join(folder, file), 'utf8'))
  return words.filter(word => code.some(text => text.includes(word)))
}

it('[UM8] the tag alone, without an import, builds for the web', { timeout: 120_000 }, async () => {
  expect(wordsIn(await project.build('h5'), ['mpegts', 'RTCPeerConnection'])).toEqual(['mpegts', 'RTCPeerConnection'])
})

it('[UM8] and for WeChat, where nothing of the web comes along', { timeout: 120_000 }, async () => {
  const output = await project.build('mp-weixin')
  const page = JSON.parse(fs.readFileSync(path.join(output, 'pages/index/index.json'), 'utf8'))
  expect(page.usingComponents).toEqual({ 'lianmai-live-room': '../../uni_modules/lianmai-live-room/components/lianmai-live-room/lianmai-live-room' })
  expect(wordsIn(output, ['createLivePlayerContext', 'mpegts', 'RTCPeerConnection', 'document.createElement', 'from "valibot"', 'import('])).toEqual(['createLivePlayerContext'])
})
