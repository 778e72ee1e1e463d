/** Puts the app together. This file and liveServices are the only ones that name concrete adapters. */
import type { Services } from './services'
import manifest from '@/manifest.json'
import { createRoomApi } from '@/src/adapters/http/createRoomApi'
import { createHttpRequest } from '@/src/adapters/http/httpRequest'
import { createAccountToken } from '@/src/adapters/uni/createAccountToken'
import { createKeyValue } from '@/src/adapters/uni/createKeyValue'
import { createLoginCode } from '@/src/adapters/uni/createLoginCode'
import { createPlatform } from '@/src/adapters/uni/createPlatform'
import { createSessionKeeper } from '@/src/adapters/uni/createSessionKeeper'
import { systemClock } from '@/src/adapters/uni/systemClock'
import { languageOf } from '@/src/locales/translate'
import { newProfile } from '@/src/stores/nicknames'

export function createServices(): Services {
  const platform = createPlatform(serverUrl(), manifest.versionName)
  const keyValue = createKeyValue()
  const accountToken = createAccountToken(systemClock)
  const sessionKeeper = createSessionKeeper(keyValue, !accountToken)
  const random = () => Math.random()
  const profile = () => newProfile(languageOf(platform.language), random)
  const roomApi = createRoomApi({
    request: createHttpRequest(platform.serverUrl),
    keeper: sessionKeeper,
    loginCode: createLoginCode(systemClock),
    accountToken,
    newProfile: profile,
  })
  if (accountToken)
    void roomApi.createSession(profile()).catch(() => {}) // whoever needs the session is told
  return { roomApi, clock: systemClock, keyValue, platform, sessionKeeper, random }
}

/** The web app comes from the server itself; a mini-program is told at build time. */
function serverUrl(): string {
  // #ifdef H5
  return location.origin
  // #endif
  // #ifdef MP-WEIXIN

  return (import.meta.env.VITE_SERVER_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')
  // #endif
}
