import type { ExternalAccounts } from '../../settings'
import type { AccountSystem } from './AccountSystem'
import type { Asking } from './ask'
import { createEndpointSystem } from './endpoint'
import { createKeySet } from './jwks'
import { createJwtSystem, PUBLIC_ALGORITHMS, SECRET_ALGORITHMS, secretKeyOf } from './jwt'

/** The account system that the settings name, asked the way they say. */
export function createAccountSystem(settings: ExternalAccounts, asking: Asking): AccountSystem {
  switch (settings.kind) {
    case 'jwks': return createJwtSystem(createKeySet(settings.url, asking), { ...settings, algorithms: PUBLIC_ALGORITHMS }, asking.clock)
    case 'secret': return createJwtSystem(secretKeyOf(settings.secret), { ...settings, algorithms: SECRET_ALGORITHMS }, asking.clock)
    case 'endpoint': return createEndpointSystem(settings.url, asking)
  }
}
