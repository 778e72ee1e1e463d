/** The person themself. There is no login wall: a guest is made when first needed. */
import type { ErrorCode } from '@/shared/protocol/errorCode'
import type { Session } from '@/shared/protocol/rest'
import type { Picture } from '@/src/ports/RoomApi'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useServices } from '@/src/app/services'
import { ApiFailure } from '@/src/ports/RoomApi'
import { newProfile } from './nicknames'
import { useSettings } from './settings'

export const useMe = defineStore('me', () => {
  const { roomApi, sessionKeeper, random } = useServices()
  const settings = useSettings()
  const session = shallowRef(sessionKeeper.current)
  const isSaving = ref(false)
  const failure = ref<ErrorCode>()
  let opening: Promise<Session> | undefined

  /** Here one needs an account, and this person has shown none. */
  const isTurnedAway = ref(false)
  sessionKeeper.listen((kept) => {
    session.value = kept
    isTurnedAway.value = kept === undefined
  })

  /** The session, made now if there is none. @throws ApiFailure */
  function ready(): Promise<Session> {
    if (session.value)
      return Promise.resolve(session.value)
    opening ??= roomApi.createSession(newProfile(settings.language, random)).then((opened) => {
      session.value = opened
      return opened
    }).finally(() => {
      opening = undefined
    })
    return opening
  }

  /** For a screen: makes the guest, and tells in `failure` why there is none. */
  const open = () => attempt(ready)

  const keep = (save: () => Promise<Session>) => attempt(async () => {
    await ready()
    session.value = await save()
  })
  /** True when it was kept; otherwise `failure` says why not. */
  const update = (profile: { nickname?: string, avatar?: number }) => keep(() => roomApi.updateMe(profile))
  /** As update does. */
  const setPicture = (picture: Picture) => keep(() => roomApi.setPicture(picture))

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    isSaving.value = true
    failure.value = undefined
    try {
      await work()
      return true
    }
    catch (cause) {
      if (!(cause instanceof ApiFailure))
        throw cause
      failure.value = cause.code
      return false
    }
    finally {
      isSaving.value = false
    }
  }

  return { session, user: computed(() => session.value?.user), isSaving, failure, isTurnedAway, ready, open, update, setPicture }
})
