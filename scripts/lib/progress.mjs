import process from 'node:process'

const QUIET_INTERVAL_MS = 15_000

/** Says what is going on and for how long; on a terminal in one moving line. Returns what ends it. */
export function showProgress(title) {
  const startedAt = Date.now()
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`
  // Where a program reads our answer, it reads nothing else.
  const stream = process.argv.includes('--json') ? process.stderr : process.stdout
  const isTerminal = stream.isTTY
  const write = text => stream.write(isTerminal ? `\r\x1B[K${text}` : `${text}\n`)
  write(`▸ ${title} …`)
  const timer = setInterval(() => write(`▸ ${title} … ${elapsed()}`), isTerminal ? 1000 : QUIET_INTERVAL_MS)
  return (outcome) => {
    clearInterval(timer)
    write(`${outcome === 'done' ? '✓' : '✗'} ${title} (${elapsed()})${isTerminal ? '\n' : ''}`)
  }
}
