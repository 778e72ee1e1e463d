/** Lines that say what weighs how much in the module. `files`: place → text */
export function sizes(files) {
  const entries = [...files].map(([place, text]) => ({ part: partOf(place), bytes: Buffer.byteLength(text) }))
  const parts = [...new Set(entries.map(({ part }) => part))].map(part => ({ part, ...total(entries.filter(entry => entry.part === part)) }))
  return [...parts.sort((a, b) => b.bytes - a.bytes), { part: 'all', ...total(entries) }]
    .map(({ part, files, bytes }) => `  ${part.padEnd(36)}${`${files} file${files === 1 ? '' : 's'}`.padStart(10)}${`${(bytes / 1024).toFixed(1)} KB`.padStart(12)}`)
}

const total = entries => ({ files: entries.length, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0) })

/** Packages one by one, and the rest by folder. */
function partOf(place) {
  if (!place.includes('/'))
    return 'papers and index.ts'
  return place.startsWith('vendor/') && place.endsWith('.js') ? place : `${place.split('/')[0]}/`
}
