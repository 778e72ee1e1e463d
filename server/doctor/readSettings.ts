/** Reads settings as far as they can be read: where the server refuses to start, the doctor still has to say why. */
import type { Settings } from './World'
import * as v from 'valibot'
import { contradictionsIn, Environment } from '../environment'

export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const wrong = new Map<string, string>()
  const sound: Record<string, string | undefined> = { ...set }
  for (const [name, schema] of Object.entries(Environment.entries)) {
    const parsed = v.safeParse(schema, set[name])
    if (!parsed.success) {
      wrong.set(name, `${name} ${parsed.issues[0].message}`)
      delete sound[name]
    }
  }
  const values = v.parse(Environment, sound)
  // A variable that is set wrongly is not missing as well.
  const contradictions = contradictionsIn(values).filter(problem => !wrong.has(problem.split(' ', 1)[0]))
  return { values, given: Object.keys(set), problems: [...wrong.values(), ...contradictions], serverUrl: set.VITE_SERVER_URL?.replace(/\/+$/, '') ?? null }
}
