import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FILE_MAX_BYTES, readBlockedWords } from './readBlockedWords'

const folder = mkdtempSync(path.join(tmpdir(), 'lianmai-words-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(content: string | Buffer): string {
  const name = path.join(folder, `${Math.random()}.txt`)
  writeFileSync(name, content)
  return name
}

describe('the file of blocked words', () => {
  it('[MO25] has one word a line; remarks, empty lines and a byte order mark are none', async () => {
    const words = await readBlockedWords(file('\uFEFF广告\r\n# a remark\n\nspam'))
    expect([words.count, words.isIn('广告'), words.isIn('a remark'), words.isIn('spam')]).toEqual([2, true, false, true])
  })

  it.each([
    ['is not there', () => path.join(folder, 'none.txt'), 'may read'],
    ['is a folder', () => folder, 'may read'],
    ['is not UTF-8', () => file(Buffer.from([0xB9, 0xE3, 0xB8, 0xE6])), 'not UTF-8'],
    ['is too big', () => file('a\n'.repeat(FILE_MAX_BYTES / 2 + 1)), '1024 KB'],
    ['has too long a word', () => file('字'.repeat(41)), '40 letters'],
  ])('[MO25] the server does not start when it %s, and says which variable to mend', async (_, make, reason) => {
    await expect(readBlockedWords(make())).rejects.toThrow(/BLOCKED_WORDS_FILE/)
    await expect(readBlockedWords(make())).rejects.toThrow(reason)
  })
})
