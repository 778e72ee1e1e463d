import * as v from 'valibot'

/**
 * Of the shapes that ids have elsewhere: a number as text, a UUID, `auth0|…`, an address. Longer than OpenID Connect lets a
 * `sub` be is none, and neither is one with half of a surrogate pair: to the database all halves are the same.
 */
export const ExternalId = v.pipe(v.string(), v.maxLength(255), v.regex(/^\P{Surrogate}+$/u))
