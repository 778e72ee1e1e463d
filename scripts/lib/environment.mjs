import fs from 'node:fs'
import process from 'node:process'
import { inRoot } from './root.mjs'

/** Settings from .env, where the environment does not have them already. */
export function loadEnvFile() {
  const file = inRoot('.env')
  if (fs.existsSync(file))
    process.loadEnvFile(file)
}
