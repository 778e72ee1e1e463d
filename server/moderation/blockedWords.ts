/** A list of words that are not let through, compiled for looking a text up: each letter of the text walks a tree of the words. */
import { foldText } from './foldText'

/** Letters of one word: bounds what a text can cost, whatever it says. */
export const WORD_MAX = 40
export const WORDS_MAX = 20_000

export interface BlockedWords {
  /** Words in the list, each counted once. */
  readonly count: number
  isIn: (text: string) => boolean
}

/**
 * Where words are written with spaces, only a whole word counts, and its letters may stand apart ("b a d", "b.a.d"); in
 * Chinese and others it counts wherever it stands. Without anything to see, a word is passed over.
 *
 * @throws RangeError when there are too many words, or a word is too long
 */
export function compileBlockedWords(words: Iterable<string>): BlockedWords {
  const root: Node = { next: new Map(), isEnd: false }
  let count = 0
  for (const word of words) {
    const letters = foldText(word)
    if (letters.length === 0)
      continue
    if (letters.length > WORD_MAX)
      throw new RangeError(`a word has at most ${WORD_MAX} letters`)
    let node = root
    for (const { character } of letters) {
      const next = node.next.get(character) ?? { next: new Map<string, Node>(), isEnd: false }
      node.next.set(character, next)
      node = next
    }
    if (!node.isEnd && ++count > WORDS_MAX)
      throw new RangeError(`there are at most ${WORDS_MAX} words`)
    node.isEnd = true
  }

  return {
    count,
    isIn(text) {
      const letters = foldText(text)
      return letters.some(({ continuesWord }, start) => {
        let node: Node | undefined = continuesWord ? undefined : root
        for (let at = start; node && at < letters.length; at++) {
          node = node.next.get(letters[at].character)
          if (node?.isEnd && !letters[at + 1]?.continuesWord)
            return true
        }
        return false
      })
    },
  }
}

interface Node {
  readonly next: Map<string, Node>
  isEnd: boolean
}
