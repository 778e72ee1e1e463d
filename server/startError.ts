/** Why the server cannot start, in one sentence for the person who starts it. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** @throws StartError naming the variable that would help */
export async function listenOrExplain<Port extends number | null>(variable: 'PORT' | 'RTMP_PORT', port: number, listening: Promise<Port>): Promise<Port> {
  try {
    return await listening
  }
  catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE': throw new StartError(`Port ${port} is taken: stop the program that uses it, or set ${variable} to another port.`)
      case 'EACCES': throw new StartError(`Port ${port} may not be opened by this user: set ${variable} to one above 1023.`)
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN': throw new StartError('HOST is no address of this machine: leave it unset to listen on all of them.')
      default: throw error
    }
  }
}

/** @throws StartError naming the file */
export async function openOrExplain<Database>(file: string, opening: Promise<Database>): Promise<Database> {
  try {
    return await opening
  }
  catch (error) {
    throw new StartError(`The database ${file} cannot be opened: ${error instanceof Error ? error.message : error}`)
  }
}
