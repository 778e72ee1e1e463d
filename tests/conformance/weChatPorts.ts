/** The contracts of who somebody is to WeChat and of its messages, kept by what asks WeChat and by the fakes of tests. */
import type { WeChatAccounts } from '../../server/auth/WeChatAccounts'
import type { ReminderSender } from '../../server/reminders/ReminderSender'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const REMINDER = { roomId: 'rone', title: '晚上好', anchorName: '小海豚', startedAt: 1_790_000_000_000 }

export interface AccountsWorld {
  readonly accounts: WeChatAccounts
  /** What wx.login answers on this person's phone. */
  readonly login: (openId: string) => string
  readonly goDown: () => void
  readonly close: () => Promise<void>
}

export function describeWeChatAccounts(name: string, open: () => Promise<AccountsWorld>): void {
  describe(`who somebody is, by ${name}`, () => {
    let world: AccountsWorld
    beforeEach(async () => {
      world = await open()
    })
    afterEach(() => world.close())

    it('[WE41] a code is one person, once', async () => {
      const code = world.login('anna')
      expect(await world.accounts.identify(code)).toEqual({ openId: 'anna' })
      expect(await world.accounts.identify(code)).toBeUndefined()
      expect(await world.accounts.identify(world.login('anna'))).toEqual({ openId: 'anna' })
    })

    it('[WE41] a code of nobody is nobody, and a WeChat that is down is an error', async () => {
      expect(await world.accounts.identify('never given out')).toBeUndefined()
      const code = world.login('anna')
      world.goDown()
      await expect(world.accounts.identify(code)).rejects.toThrow()
    })
  })
}

export interface SenderWorld {
  readonly sender: ReminderSender
  /** This person said yes in WeChat, once more. */
  readonly allow: (openId: string) => void
  /** Who got how the room is called. */
  readonly sent: () => { readonly openId: string, readonly title: string }[]
  readonly close: () => Promise<void>
}

export function describeReminderSender(name: string, open: () => Promise<SenderWorld>): void {
  describe(`messages, by ${name}`, () => {
    let world: SenderWorld
    beforeEach(async () => {
      world = await open()
    })
    afterEach(() => world.close())

    it('[WE41] each yes is good for one message', async () => {
      world.allow('anna')
      await world.sender.send('anna', REMINDER)
      await expect(world.sender.send('anna', REMINDER)).rejects.toThrow('43101')
      world.allow('anna')
      await world.sender.send('anna', { ...REMINDER, title: '早上好' })
      expect(world.sent()).toEqual([{ openId: 'anna', title: '晚上好' }, { openId: 'anna', title: '早上好' }])
    })

    it('[WE41] a field that is empty is refused, and uses nothing up', async () => {
      world.allow('anna')
      await expect(world.sender.send('anna', { ...REMINDER, title: '' })).rejects.toThrow('47003')
      await world.sender.send('anna', REMINDER)
      expect(world.sent()).toHaveLength(1)
    })
  })
}
