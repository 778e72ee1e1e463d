/** Serves the compiled mini-program to a browser: the program that runs it, the build's code and its styles. */
import type { Files } from '../support/appJson'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { build } from 'esbuild'
import { readStyles } from '../support/bundle'

/** Parts of the phone that are Node's in the other tests and the browser's here. */
const IN_PAGE = new Set(['request', 'socket'])

/** px, of an iPhone with a notch; a browser on a desk has none. */
const SAFE_AREA_BOTTOM = 34

export interface Stand {
  readonly url: string
  readonly close: () => void
}

/** @param files the build's code, pointed at a server */
export async function openStand(files: Files): Promise<Stand> {
  const [script, sheets] = [await bundle(), readStyles()]
  const answers: Record<string, [type: string, body: string]> = {
    '/': ['text/html', '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/phone.css"><link rel="stylesheet" href="/reversed.css" media="not all"><body><script src="/phone.js"></script>'],
    '/phone.js': ['text/javascript', script],
    '/phone.css': ['text/css', toCss(sheets, 1)],
    '/reversed.css': ['text/css', toCss(sheets, -1)],
    '/build.json': ['application/json', JSON.stringify(files)],
  }
  const server = http.createServer((request, response) => {
    const [type, body] = answers[request.url!] ?? ['text/plain', '']
    response.writeHead(answers[request.url!] ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(body)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, 'inPage/phone.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    plugins: [{
      name: 'in-page',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/\w+$/ }, ({ path: id, importer }) => {
          const name = id.slice(2)
          return IN_PAGE.has(name) && importer.endsWith('createWx.ts') ? { path: path.join(import.meta.dirname, `inPage/${name}.ts`) } : undefined
        })
      },
    }],
  })
  return outputFiles[0].text
}

/** The app's, the components', the pages'. Among components WeChat promises no order: `direction` is either of two. */
function toCss(sheets: Files, direction: 1 | -1): string {
  const rank = (file: string) => file === 'app.wxss' ? 0 : file.endsWith('/index.wxss') ? 2 : 1
  const own = Object.keys(sheets).sort((a, b) => rank(a) - rank(b) || direction * a.localeCompare(b)).map(file => sheets[file]).join('\n')
  const wechat = fs.readFileSync(path.join(import.meta.dirname, 'wechat.css'), 'utf8')
  return wechat + own
    .replaceAll(/(\d+(?:\.\d+)?|\.\d+)rpx/g, (_, rpx) => `${Number(rpx) / 2}px`)
    .replaceAll('env(safe-area-inset-bottom)', `${SAFE_AREA_BOTTOM}px`)
}
