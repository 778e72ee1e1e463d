/** The account system is asked about each token: `POST {token}`, answered 200 `{id, nickname?, avatar?}`, or 401. */
import type { AccountSystem } from './AccountSystem'
import type { Asking } from './ask'
import * as v from 'valibot'
import { Nickname } from '../../../shared/protocol/rest'
import { Avatar } from '../../../shared/protocol/user'
import { TokenRefused } from '../../errors'
import { jsonIn } from '../../jsonIn'
import { ask, unavailable } from './ask'
import { ExternalId } from './externalId'

const Person = v.object({ id: ExternalId, nickname: v.optional(v.fallback(v.optional(Nickname), undefined)), avatar: v.optional(v.fallback(v.optional(Avatar), undefined)) })

export function createEndpointSystem(url: string, asking: Asking): AccountSystem {
  return {
    async personOf(token) {
      const answer = await ask(url, { method: 'POST', headers: { 'content-type': 'application/json', 'accept': 'application/json' }, body: JSON.stringify({ token }) }, asking)
      if (answer.status === 401 || answer.status === 403)
        throw TokenRefused('the account system does not know it')
      const person = answer.status === 200 ? v.safeParse(Person, jsonIn(answer.text)) : undefined
      if (person?.success)
        return person.output
      asking.log.warn({ status: answer.status }, 'the account system answered with what is no person')
      throw unavailable()
    },
  }
}
