/** What the effects on an anchor's picture cost where there is no graphics card: the processor does its work. */
import type { BenchRow } from './bench'
import path from 'node:path'
import { build } from 'esbuild'
import { launchChromium } from '../server/media/embedded/rtc/testing/chromium'

export const name = 'Effects'

const root = path.resolve(import.meta.dirname, '..')
const SOFTWARE_WEBGL = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--autoplay-policy=no-user-gesture-required']

export async function run(): Promise<BenchRow[]> {
  const { outputFiles: [{ text }] } = await build({ entryPoints: [path.join(import.meta.dirname, 'effects/page.ts')], bundle: true, write: false, alias: { '@': root } })
  const browser = await launchChromium(SOFTWARE_WEBGL)
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: text })
    const { bare, flat, colour, skin } = await page.evaluate(() => window.effectsBench())
    const floor = { what: 'the same picture drawn as it is', value: bare }
    return [
      { measure: 'A picture of 720p, whiteness and filter by the 2D canvas', value: flat, unit: 'ms', floor },
      { measure: 'A picture of 720p, whiteness and filter by WebGL without a graphics card', value: colour, unit: 'ms', floor },
      { measure: 'A picture of 720p, smooth skin by WebGL without a graphics card', value: skin, unit: 'ms', floor },
    ]
  }
  finally {
    await browser.close()
  }
}
