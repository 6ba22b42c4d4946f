import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ends the embedded database of a data directory like a power cut. */
export function killEmbedded(dataDir: string): void {
  const [pid] = readFileSync(join(dataDir, 'embedded.pid'), 'utf8').split(' ')
  process.kill(Number(pid), 'SIGKILL')
}
