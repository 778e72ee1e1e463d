/** A process of its own that opens files until there are no more, and then wants an ffmpeg. Says how that ended. */
import { openSync } from 'node:fs'
import process from 'node:process'
import { startFfmpeg } from '../ffmpegProcess'

// What is loaded on first use needs a descriptor, too.
startFfmpeg('true', [], () => {
  openAll()
  startFfmpeg('true', [], why => process.stdout.write(why))
})

function openAll() {
  try {
    for (;;)
      openSync('/dev/null', 'r')
  }
  catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMFILE')
      throw error
  }
}
