/**
 * @param text what is edited
 * @param edits { start, end, text }: what replaces which part; they do not overlap
 */
export function edit(text, edits) {
  return [...edits].sort((a, b) => b.start - a.start).reduce((result, { start, end, text }) => result.slice(0, start) + text + result.slice(end), text)
}
