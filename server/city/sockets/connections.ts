import { Bucket } from './bucket.ts'
import { note } from './counts.ts'
import type { Doorman } from './doorman.ts'
import { FRAMES, LAST_WORD_MS } from './limits.ts'
import type { LiveServer } from './listener.ts'
import { type Connection, cut, onFrame, prepareConnection } from './wire.ts'

/**
 * Watches every connection from its first byte, whoever it belongs to: one that sends more frames than any browser
 * is closed, and its client does not come back at once.
 */
export function watchConnections(io: LiveServer, doorman: Doorman): void {
  io.engine.on('connection', (line: Connection) => {
    prepareConnection(line)
    doorman.watch(line)
    const frames = new Bucket(FRAMES, performance.now())
    let isOver = false
    onFrame(line, () => {
      if (isOver || frames.take(performance.now())) return
      isOver = true
      note('dropped', 'too-many')
      doorman.fine(line.request)
      // After what is being read: the library does not expect a connection to end in the middle of it.
      setImmediate(() => cut(line, 'too-many', LAST_WORD_MS))
    })
  })
}
