/** What people do about link-mic, by the words and labels that they read. */
import type { Page } from 'playwright-core'
import type { Colour } from './senses'
import { installSenses } from './senses'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** From the audience: asks to come on stage. */
export async function applyForMic(page: Page, medium: 'video' | 'voice' = 'video'): Promise<void> {
  await button(page, /^连麦/).first().click({ timeout: 15_000 })
  await button(page, medium === 'video' ? /^视频连麦/ : /^语音连麦/).click()
}

/** The anchor lets somebody in, on the notice of their application. */
export async function acceptOnNotice(page: Page, name: string): Promise<void> {
  await button(page, `接受${name}的申请`).first().click({ timeout: 15_000 })
}

/** A guest goes back to the audience. */
export async function leaveStage(page: Page): Promise<void> {
  await button(page, '下麦').first().click()
  await button(page, '下麦').last().click()
  await button(page, /^连麦/).first().waitFor()
}

/** The anchor's menu for a guest on stage. */
export async function openGuestMenu(page: Page, name: string): Promise<void> {
  await button(page, `管理 ${name}`).click()
}

export async function removeGuest(page: Page, name: string): Promise<void> {
  await openGuestMenu(page, name)
  await button(page, '移出连麦').click()
  await button(page, '移出').last().click()
}

/** Milliseconds from the next tap on this page to the first frame on which the colour is seen. Ask before the tap. */
export async function tapToColour(page: Page, colour: Colour, hue: number): Promise<number> {
  await page.evaluate(installSenses)
  return page.evaluate(async ({ name, at }) => {
    const tapped = await new Promise<number>(resolve => document.addEventListener('click', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }))
    while (window.senses!.colours({ [name]: at })[name] < 0.03)
      await new Promise(resolve => setTimeout(resolve, 30))
    return performance.now() - tapped
  }, { name: colour, at: hue })
}
