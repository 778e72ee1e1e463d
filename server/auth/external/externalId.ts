import * as v from 'valibot'

/** Of the shapes that ids have elsewhere: a number as text, a UUID, `auth0|…`, an address. Longer than OpenID Connect lets a `sub` be is none. */
export const ExternalId = v.pipe(v.string(), v.minLength(1), v.maxLength(255))
