import { beforeEach, expect, it } from 'vitest'
import { fakes } from '@/src/testing/fakeServices'
import { aUser } from '@/src/testing/fixtures'
import { settle } from '@/src/testing/virtualClock'
import { AudienceListSession } from './audienceList'

const mei = aUser({ id: 'uguest000001' })
let list: AudienceListSession

beforeEach(() => {
  fakes().roomApi.audience = [mei]
  list = new AudienceListSession(fakes().roomApi, 'rroom0000001')
})

async function load() {
  list.load()
  await settle()
  return list.state.value
}

it('[LM121] names who is there, and keeps them while it asks again', async () => {
  expect(list.state.value).toEqual({ status: 'loading' })
  expect(await load()).toEqual({ status: 'loaded', people: [mei], total: 1 })
  fakes().roomApi.audience = []
  list.load()
  expect(list.state.value).toMatchObject({ people: [mei] })
  await settle()
  expect(list.state.value).toMatchObject({ people: [] })
})

it('[LM121] says why it failed, and that it is trying again', async () => {
  fakes().roomApi.fail('getAudience', 'NETWORK')
  expect(await load()).toEqual({ status: 'failed', code: 'NETWORK' })
  list.load()
  expect(list.state.value).toEqual({ status: 'loading' })
})

it('[LM121] an answer that was overtaken, or comes after the page, changes nothing', async () => {
  fakes().roomApi.fail('getAudience', 'NETWORK')
  const release = fakes().roomApi.hold('getAudience')
  list.load()
  release()
  list.load()
  await settle()
  expect(list.state.value.status).toBe('loaded')
  list.load()
  list.stop()
  fakes().roomApi.audience = []
  await settle()
  expect(list.state.value).toMatchObject({ people: [mei] })
})
