import process from 'node:process'

/** Something the person can mend: shown as the sentence it is, without a stack trace. */
export class Problem extends Error {
  /**
   * @param sentence what is wrong and what to do about it
   * @param details output of the program that failed, shown above the sentence
   */
  constructor(sentence, details = '') {
    super(sentence)
    this.details = details
  }
}

/** The person pressed Ctrl-C, or the process was told to end. */
export class Interrupted extends Error {}

/** Runs an entry script. The exit code is what `main` answers, 0 without an answer, `problemCode` after a problem, 130 after Ctrl-C. */
export async function entry(main, problemCode = 1) {
  try {
    process.exitCode = await main() ?? process.exitCode
  }
  catch (error) {
    if (error instanceof Interrupted)
      process.exit(130)
    if (!(error instanceof Problem))
      throw error
    console.error(`${error.details && `\n${error.details}\n`}\n✗ ${error.message}`)
    process.exitCode = problemCode
  }
}
