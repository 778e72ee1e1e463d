/** Breaks a text into lines of a width: Chinese between any two characters, words of letters and digits as a whole where they fit. */
const ELLIPSIS = '…'
/** A word; a flag; or a character with what may not begin a line and, of an emoji, all that is joined to it. */
const PIECES = /[A-Za-z\u00C0-\u024F\d'’.,!?-]+|[\u{1F1E6}-\u{1F1FF}]{2}|.\uFE0F?[\u{1F3FB}-\u{1F3FF}]?(?:\u200D.\uFE0F?[\u{1F3FB}-\u{1F3FF}]?)*[，。！？、：；」』）》…]*/gsu
const WORD = /^[A-Za-z\u00C0-\u024F\d]/

/** `widthOf` a text, in the unit of `width`. */
export function wrapLines(text: string, width: number, maxLines: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  const pieces: string[] = text.trim().match(PIECES) ?? []
  let line = ''
  while (pieces.length > 0) {
    const piece = pieces.shift()!
    if (widthOf((line + piece).trimEnd()) <= width) {
      line += piece
      continue
    }
    if (lines.length === maxLines - 1)
      return [...lines, shorten(line + piece, width, widthOf)]
    if (line === '') { // wider than a line of its own: letter by letter
      if ([...piece].length === 1)
        return lines
      pieces.unshift(...piece)
      continue
    }
    lines.push(line.trimEnd())
    line = ''
    pieces.unshift(piece.trimStart())
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()]
}

/** Never half an emoji. */
function shorten(line: string, width: number, widthOf: (text: string) => number): string {
  const pieces = [...line.match(PIECES) ?? []].flatMap(piece => WORD.test(piece) ? [...piece] : [piece])
  const short = () => pieces.join('').trimEnd() + ELLIPSIS
  while (pieces.length > 0 && widthOf(short()) > width)
    pieces.pop()
  return short()
}
