/** The processes of a bench talk by messages: one question, one answer. */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import process from 'node:process'

export interface Child {
  ask: <Answer>(question: object) => Promise<Answer>
  stop: () => Promise<void>
}

/** Starts `<name>.ts` of this folder. */
export function startChild(name: string): Child {
  const child: ChildProcess = fork(path.join(import.meta.dirname, `${name}.ts`), { execArgv: ['--import', 'tsx', '--expose-gc'] })
  const ended = once(child, 'exit')
  const failed = ended.then(() => {
    throw new Error(`${name} ended before it answered`)
  })
  failed.catch(() => {}) // who asks hears of it
  return {
    async ask<Answer>(question: object) {
      const answered = once(child, 'message')
      child.send(question)
      return (await Promise.race([answered, failed]))[0] as Answer
    },
    async stop() {
      child.kill()
      await ended
    },
  }
}

/** In the child: starts what `start` starts and answers every question with what that returned. */
export function answer<Question>(start: () => Promise<(question: Question) => object | Promise<object>>): void {
  const started = start()
  process.on('message', async (question) => {
    const reply = await started
    process.send?.(await reply(question as Question))
  })
  process.on('disconnect', () => process.exit())
}
