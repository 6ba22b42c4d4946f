import { existsSync, watchFile } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

/*
 * Loaded before the product (`NODE_OPTIONS=--import=…`): whenever the file FAULT_THREADS changes, every thread that reads pages
 * ends, whatever it does.
 */
const file = process.env.FAULT_THREADS ?? ''

if (threads.isMainThread && existsSync(file)) {
  const alive = new Set()
  const { Worker } = threads
  threads.Worker = class extends Worker {
    constructor(program, options) {
      super(program, options)
      if (!String(program).includes('piscina')) return
      alive.add(this)
      this.once('exit', () => alive.delete(this))
    }
  }
  syncBuiltinESMExports()
  watchFile(file, { interval: 20 }, () => {
    for (const thread of alive) void thread.terminate()
  }).unref()
}
