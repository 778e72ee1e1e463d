import { spawn } from 'node:child_process'
import os from 'node:os'
import process from 'node:process'
import { Interrupted, Problem } from './problem.mjs'
import { showProgress } from './progress.mjs'
import { root } from './root.mjs'

const LOW_PRIORITY = 10

/**
 * Runs a program to its end and answers its output, which is shown only if it fails.
 *
 * @param command program and arguments
 * @param options how
 * @param options.title for the progress line; without one the program works in the background at low priority
 * @param options.cwd folder to run in; the repository by default
 * @param options.env on top of ours
 * @param options.shell for Windows' .cmd files
 * @param options.explain turns the output of a failure into a sentence, where it can
 */
export async function run(command, { title, cwd = root, env = {}, shell = false, explain = () => undefined } = {}) {
  const [program, ...args] = command
  const end = title ? showProgress(title) : () => {}
  const { code, output } = await collect(spawn(program, args, { cwd, env: { ...process.env, ...env }, shell, stdio: ['ignore', 'pipe', 'pipe'] }), !title)
  end(code === 0 ? 'done' : 'failed')
  if (code === 0)
    return output
  throw new Problem(explain(output) ?? `\`${command.join(' ')}\` failed (${code}).`, output.trimEnd().split('\n').slice(-40).join('\n'))
}

/** A child must not outlive us, and while it runs Ctrl-C means both. */
function collect(child, isBackground) {
  return new Promise((resolve, reject) => {
    let output = ''
    let isInterrupted = false
    const interrupt = () => {
      isInterrupted = true
      child.kill()
    }
    const listeners = [['SIGINT', interrupt], ['SIGTERM', interrupt], ['exit', () => child.kill()]]
    const settle = (act) => {
      listeners.forEach(([event, listener]) => process.off(event, listener))
      isInterrupted ? reject(new Interrupted()) : act()
    }
    listeners.forEach(([event, listener]) => process.on(event, listener))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => (output += chunk))
    child.once('spawn', () => isBackground && os.setPriority(child.pid, LOW_PRIORITY))
    child.once('error', error => settle(() => resolve({ code: error.code, output: error.message })))
    child.once('close', (code, signal) => settle(() => resolve({ code: code ?? signal, output })))
  })
}
