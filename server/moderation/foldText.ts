/** Text as a list of words compares it: without what disguises a word. */

/** One letter or digit that counts. */
export interface Letter {
  readonly character: string
  /** The one before it belongs to the same written word. */
  readonly continuesWord: boolean
}

/** Wide and narrow forms, ligatures and the like are one (NFKC); marks heaped upon letters, spaces, punctuation and symbols are nothing. */
export function foldText(text: string): Letter[] {
  const letters: Letter[] = []
  let isInWord = false
  for (const character of text.normalize('NFKC').toLowerCase()) {
    if (HEAPED_MARK.test(character))
      continue
    if (!COUNTS.test(character)) {
      isInWord = false
      continue
    }
    const isSpaced = !UNSPACED.test(character)
    letters.push({ character, continuesWord: isInWord && isSpaced })
    isInWord = isSpaced
  }
  return letters
}

/** Marks that belong to a script of their own (Thai vowels, Devanagari signs) are letters of it; accents over anything are not. */
const HEAPED_MARK = /^[\p{Script=Inherited}\u00AD\u200B-\u200F\u2060\uFEFF]$/u
const COUNTS = /^[\p{L}\p{N}\p{M}]$/u
/** Written without spaces between words, or with endings grown onto them: a word may begin and end anywhere. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]$/u
