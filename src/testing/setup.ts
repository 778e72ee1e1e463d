/** Before every app test: a `uni` that records, a fresh Pinia, and fakes of every port. */
import { config } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, vi } from 'vitest'
import { provideLiveServices } from '@/src/app/liveServices'
import { provideServices } from '@/src/app/services'
import { addLiveIcons } from '@/src/components/addLiveIcons'
import { addLiveWords } from '@/src/locales/addLiveWords'
import { createFakeServices } from './fakeServices'
import { createUniStub } from './uniStub'

addLiveWords()
addLiveIcons()

beforeEach(() => {
  vi.stubGlobal('uni', createUniStub())
  const pinia = createPinia()
  setActivePinia(pinia)
  config.global.plugins = [pinia]
  const services = createFakeServices()
  provideServices(services)
  provideLiveServices(services)
})
