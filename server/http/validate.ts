import type { BaseIssue, GenericSchema, InferOutput } from 'valibot'
import * as v from 'valibot'
import { BadRequest } from '../errors'

/**
 * Parses what came through a door; behind it, the type can be trusted.
 *
 * @throws BadRequest naming every field that does not fit, but not what was in it
 */
export function parse<Schema extends GenericSchema>(schema: Schema, input: unknown): InferOutput<Schema> {
  const result = v.safeParse(schema, input)
  if (!result.success)
    throw BadRequest(result.issues.map(describe).join('; '))
  return result.output
}

function describe(issue: BaseIssue<unknown>): string {
  const field = issue.path?.map(({ key }) => String(key)).join('.') ?? 'body'
  return `${field}: expected ${issue.expected ?? issue.requirement ?? issue.type}${issue.received === 'undefined' ? ', got nothing' : ''}`
}
