/** A project in TypeScript: its checker sees the module's files as its own. */
import type { Project } from './support/project'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyExample } from './support/project'

let project: Project
beforeAll(async () => project = await copyExample())
afterAll(() => project?.remove())

it('[UM11] it asks for the versions that our own app has', () => {
  const ofExample = JSON.parse(fs.readFileSync(path.join(project.folder, 'package.json'), 'utf8'))
  const ours = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'))
  expect({ ...ours.dependencies, ...ours.devDependencies }).toMatchObject({ ...ofExample.dependencies, ...ofExample.devDependencies })
})

const check = () => promisify(execFile)(process.execPath, ['node_modules/vue-tsc/bin/vue-tsc.js', '--noEmit'], { cwd: project.folder }).then(({ stdout }) => stdout, ({ stdout }) => stdout as string)

it('[UM11] the example and the module in it pass', { timeout: 120_000 }, async () => {
  expect(await check()).toBe('')
})
