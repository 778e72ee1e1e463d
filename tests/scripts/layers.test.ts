import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const config = path.join(root, '.dependency-cruiser.cjs')

/** Every rule, and a file that breaks it and nothing else. Files named on the right exist, empty. */
const VIOLATIONS: Record<string, { file: string, imports: string }> = {
  'no-cycles': { file: 'server/rooms/chicken.ts', imports: './egg' },
  'no-orphan-imports': { file: 'server/rooms/lost.ts', imports: './nowhere' },
  'shared-is-a-leaf': { file: 'shared/domain/tall.ts', imports: '../../server/rooms/plain' },
  'app-and-server-meet-in-shared': { file: 'src/stores/thief.ts', imports: '@/server/rooms/plain' },
  'server-and-app-meet-in-shared': { file: 'server/rooms/guest.ts', imports: '../../src/stores/plain' },
  'app-has-no-node': { file: 'src/stores/nodeUser.ts', imports: 'node:fs' },
  'secrets-stay-on-the-server': { file: 'src/stores/signer.ts', imports: 'tls-sig-api-v2' },
  'main-package-never-imports-the-subpackage': { file: 'src/pages/home/index.vue', imports: '@/src/live/stores/plain' },
  'live-services-travel-with-the-subpackage': { file: 'src/pages/home/impatient.ts', imports: '@/src/app/liveServices' },
  'nobody-imports-a-page': { file: 'src/components/PageEmbedder.vue', imports: '@/src/pages/plain/index.vue' },
  'components-know-no-page-nor-session': { file: 'src/live/components/Meddler.vue', imports: '../sessions/plain' },
  'stores-know-no-screen': { file: 'src/stores/painter.ts', imports: '@/src/composables/plain' },
  'sessions-know-ports-only': { file: 'src/live/sessions/vueUser.ts', imports: 'vue' },
  'ports-know-shared-only': { file: 'src/ports/Curious.ts', imports: '@/src/stores/plain' },
  'adapters-know-ports-only': { file: 'src/adapters/http/greedy.ts', imports: '@/src/stores/plain' },
  'only-createServices-names-adapters': { file: 'src/stores/chooser.ts', imports: '@/src/adapters/http/plain' },
  'tim-behind-its-adapter': { file: 'src/live/stores/timUser.ts', imports: 'tim-wx-sdk' },
  'platform-files-behind-their-wrapper': { file: 'src/live/components/Shortcut.vue', imports: './CameraMp.vue' },
  'the-old-service-is-a-door': { file: 'server/rooms/nostalgic.ts', imports: '../compat/plain' },
  'the-embedded-room-stands-alone': { file: 'src/live/embed/Leaner.vue', imports: '../stores/reachesLiveServices' },
  'routes-are-the-outermost': { file: 'server/rooms/doorman.ts', imports: '../routes/plain' },
  'rooms-and-chat-meet-at-a-port': { file: 'server/chat/landlord.ts', imports: '../rooms/plain' },
  'rooms-know-the-media-port-not-its-engines': { file: 'server/rooms/mixer.ts', imports: '../media/embedded/plain' },
  'the-product-knows-no-sandbox': { file: 'server/media/player.ts', imports: '../../sandbox/plain' },
  'fakes-stay-in-tests': { file: 'src/stores/faker.ts', imports: '@/src/testing/plain' },
}

const INNOCENT = [
  'server/rooms/egg.ts',
  'server/rooms/plain.ts',
  'server/compat/plain.ts',
  'server/routes/plain.ts',
  'server/media/embedded/plain.ts',
  'sandbox/plain.ts',
  'src/app/liveServices.ts',
  'src/stores/plain.ts',
  'src/composables/plain.ts',
  'src/live/stores/plain.ts',
  'src/live/stores/reachesLiveServices.ts',
  'src/live/sessions/plain.ts',
  'src/adapters/http/plain.ts',
  'src/testing/plain.ts',
  'src/pages/plain/index.vue',
  'src/live/components/CameraMp.vue',
]

let tree: string
let found: { rule: string, from: string }[]

beforeAll(() => {
  tree = fs.mkdtempSync(path.join(os.tmpdir(), 'layers-'))
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'))
  fs.copyFileSync(path.join(root, 'tsconfig.json'), path.join(tree, 'tsconfig.json'))
  for (const file of INNOCENT)
    write(file, 'export const plain = true')
  write('src/live/stores/reachesLiveServices.ts', 'import { plain } from \'@/src/app/liveServices\'\nexport { plain }')
  write('server/rooms/egg.ts', 'import { it } from \'./chicken\'\nexport { it }')
  for (const { file, imports } of Object.values(VIOLATIONS))
    write(file, `import * as it from '${imports}'\nexport { it }`)
  found = cruise()
})

afterAll(() => fs.rmSync(tree, { recursive: true, force: true }))

it('[OP37] every rule of the layers has a violation here', () => {
  const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }
  expect(Object.keys(VIOLATIONS).sort()).toEqual(forbidden.map(rule => rule.name).sort())
})

it.each(Object.entries(VIOLATIONS))('[OP37] %s fires', (rule, { file }) => {
  expect(found).toContainEqual({ rule, from: file })
})

it('[OP37] a file that breaks no rule is not accused', () => {
  const guilty = new Set(found.map(violation => violation.from))
  expect(INNOCENT.filter(file => file !== 'server/rooms/egg.ts' && guilty.has(file))).toEqual([])
})

/** A .vue file gets the lines as its script: only then do we know that components are looked into. */
function write(file: string, code: string) {
  const target = path.join(tree, file)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  const script = code.replace('export { it }', 'void it').replace('export const plain', 'const plain')
  fs.writeFileSync(target, file.endsWith('.vue') ? `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  <view />\n</template>\n` : `${code}\n`)
}

function cruise() {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const { stdout } = spawnSync(process.execPath, [program, '--config', config, '--output-type', 'json', 'src', 'shared', 'server'], { cwd: tree, encoding: 'utf8', maxBuffer: 64 << 20 })
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }, from: string }[] } }
  return summary.violations.map(violation => ({ rule: violation.rule.name, from: violation.from }))
}
