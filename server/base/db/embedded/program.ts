import { complain, onFault } from '../../last-word.ts'
import { openEmbedded } from './open.ts'

/*
 * The embedded database, a program of its own: a query of PGlite blocks the thread that it runs in.
 * It says `{ ready: true }` to its parent when it listens, or `{ error }`, and ends with its parent.
 */

const dataDir = process.env.EMBEDDED_DATA ?? ''
const path = process.env.EMBEDDED_SOCKET ?? ''

/** Shorter than the parent's patience. */
const END_MS = 2_500

async function main(): Promise<void> {
  const close = await openEmbedded(dataDir, path)
  let ending = false
  const end = async (code: number) => {
    if (ending) return
    ending = true
    // Whatever closing runs into: nothing of this may outlive its parent, and what was acknowledged is stored.
    setTimeout(() => process.exit(1), END_MS)
    await close()
    process.exit(code)
  }
  onFault(complain('embedded database'), () => void end(1))
  process.on('SIGTERM', () => void end(0))
  process.on('SIGINT', () => {})
  process.on('disconnect', () => void end(0))
  process.send?.({ ready: true })
}

main().catch((error: unknown) => {
  process.send?.({ error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
})
