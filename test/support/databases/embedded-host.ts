import { openEmbedded } from '../../../server/base/db/embedded/open.ts'

/*
 * Embedded databases of many test files in one process, as children of `one-host.ts`: an engine that has just been
 * loaded runs at a third of its speed.
 */

export type ToHost = { open: string; dataDir: string } | { close: string }
export interface FromHost {
  readonly socket: string
  readonly error?: string
}

const open = new Map<string, () => Promise<void>>()

async function follow(message: ToHost): Promise<void> {
  if ('open' in message) {
    open.set(message.open, await openEmbedded(message.dataDir, message.open))
  } else {
    await open.get(message.close)?.()
    open.delete(message.close)
  }
}

process.on('message', async (message: ToHost) => {
  const socket = 'open' in message ? message.open : message.close
  try {
    await follow(message)
    process.send?.({ socket } satisfies FromHost)
  } catch (error) {
    process.send?.({
      socket,
      error: error instanceof Error ? error.message : String(error),
    } satisfies FromHost)
  }
})
process.on('disconnect', () => process.exit(0))
