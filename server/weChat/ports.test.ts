import { describeReminderSender, describeWeChatAccounts } from '../../tests/conformance/weChatPorts'
import { FakeReminderSender } from '../testing/FakeReminderSender'
import { FakeWeChat } from '../testing/FakeWeChat'
import { createWeChatAccounts } from './login'
import { createReminderSender } from './reminderSender'
import { createWorld } from './testing/world'

const TEMPLATE = { id: 'template', content: '直播标题:{{thing1.DATA}}\n主播名称:{{thing2.DATA}}\n开播时间:{{time3.DATA}}\n' }

describeWeChatAccounts('WeChat\'s API', async () => {
  const { client, settings, weChat } = await createWorld()
  return {
    accounts: createWeChatAccounts(client, settings),
    login: openId => weChat.people.login({ openId }),
    goDown: () => void weChat.troubles.set('*', 'break'),
    close: weChat.close,
  }
})
describeWeChatAccounts('the fake', async () => {
  const fake = new FakeWeChat()
  return { accounts: fake, login: openId => fake.login(openId), goDown: () => fake.isDown = true, close: async () => {} }
})

describeReminderSender('WeChat\'s API', async () => {
  const { client, settings, weChat } = await createWorld({ templates: [TEMPLATE] })
  weChat.people.login({ openId: 'anna' })
  return {
    sender: createReminderSender({ client, settings, template: TEMPLATE.id }),
    allow: openId => weChat.people.allow(openId),
    sent: () => weChat.messages.map(({ touser, data }) => ({ openId: touser, title: data.thing1.value })),
    close: weChat.close,
  }
})
describeReminderSender('the fake', async () => {
  const fake = new FakeReminderSender()
  return { sender: fake, allow: openId => fake.allow(openId), sent: () => fake.sent.map(({ openId, title }) => ({ openId, title })), close: async () => {} }
})
