import type { BlockedWords } from './blockedWords'
import { readFile, stat } from 'node:fs/promises'
import { ConfigError } from '../configError'
import { compileBlockedWords } from './blockedWords'

export const FILE_MAX_BYTES = 1024 * 1024

/**
 * BLOCKED_WORDS_FILE: UTF-8, one word a line; lines that begin with `#` are remarks. Read once, at the start.
 *
 * @throws ConfigError when it cannot be read, is too big, or holds what is no list of words
 */
export async function readBlockedWords(file: string): Promise<BlockedWords> {
  try {
    const { size } = await stat(file)
    if (size > FILE_MAX_BYTES)
      throw new RangeError(`it has more than ${FILE_MAX_BYTES / 1024} KB`)
    return compileBlockedWords(linesOf(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))))
  }
  catch (error) {
    throw new ConfigError([`BLOCKED_WORDS_FILE ${file} cannot be used: ${reasonOf(error)}`])
  }
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter(line => !line.startsWith('#'))

function reasonOf(error: unknown): string {
  if (error instanceof RangeError)
    return error.message
  if (error instanceof TypeError)
    return 'it is not UTF-8'
  return 'make it a file that this user may read, or unset the variable'
}
