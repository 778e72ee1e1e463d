/** Secrets that nobody set: made once, kept in DATA_DIR, readable by their owner only. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const SECRET_BYTES = 32

/** @returns the secret of that name, made now if it is the first time */
export function keptSecret(dataDir: string, name: string): string {
  const file = path.join(dataDir, 'secrets', name)
  if (existsSync(file)) {
    const kept = readFileSync(file, 'utf8').trim()
    if (kept !== '')
      return kept
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${secret}\n`, { mode: 0o600 })
  return secret
}
