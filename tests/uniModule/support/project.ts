/** uni-app projects of other people, in temporary folders, built by uni's own command. */
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { install, liveRoomModule } from '../../../scripts/lib/uniModule/liveRoomModule.mjs'

export type Platform = 'h5' | 'mp-weixin'

export interface Project {
  readonly folder: string
  /** Answers the folder of the build. @throws with what uni has said */
  readonly build: (platform: Platform) => Promise<string>
  readonly remove: () => void
}

const root = path.resolve(import.meta.dirname, '../../..')
const run = promisify(execFile)

/** A project with the module in it. `files`: path → text; `nodeArgs`: for the process that builds */
export async function createProject(files: Readonly<Record<string, string>>, nodeArgs: readonly string[] = []): Promise<Project> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'uni-app-'))
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
    fs.writeFileSync(path.join(folder, file), text)
  }
  return prepare(folder, nodeArgs)
}

/** A copy of examples/live-room with the module in it. */
export async function copyExample(): Promise<Project> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'))
  const source = path.join(root, 'examples/live-room')
  fs.cpSync(source, folder, { recursive: true, filter: file => !/^(?:dist|node_modules|src[\\/]uni_modules)/.test(path.relative(source, file)) })
  return prepare(folder, [])
}

async function prepare(folder: string, nodeArgs: readonly string[]): Promise<Project> {
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  install(await liveRoomModule(), path.join(folder, 'src'))
  return {
    folder,
    async build(platform) {
      const { UNI_INPUT_DIR, ...env } = process.env // the tests' own
      await run(process.execPath, [...nodeArgs, 'node_modules/@dcloudio/vite-plugin-uni/bin/uni.js', 'build', '-p', platform], { cwd: folder, env: { ...env, CI: 'true' } })
        .catch(({ stdout, stderr }) => {
          throw new Error(`${platform} was not built:\n${stdout}${stderr}`)
        })
      return path.join(folder, 'dist/build', platform)
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}
