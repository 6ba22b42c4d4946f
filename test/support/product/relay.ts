import { createServer, connect as dial, type Socket } from 'node:net'

/** A line between two programs that can be slow, and can be cut without anybody being told. */
export interface Relay {
  readonly port: number
  /** From now on everything takes so much longer, each way. */
  delay(ms: number): void
  /** Nothing passes, and nobody hears that it does not. */
  cut(): void
  /** Those that are open carry nothing any more, without a word; new ones pass. */
  forget(): void
  /** Those that were open are closed, and new ones pass. */
  mend(): void
  close(): Promise<void>
}

/** Starts a line to a port of this machine. */
export async function startRelay(to: number): Promise<Relay> {
  const open = new Set<Socket>()
  let [delayMs, isCut] = [0, false]
  const forgotten = new WeakSet<Socket>()
  const pass = (from: Socket, other: Socket) => {
    from.on('data', (bytes) => {
      if (isCut || forgotten.has(from)) return
      if (delayMs === 0) other.write(bytes)
      else setTimeout(() => isCut || other.destroyed || other.write(bytes), delayMs)
    })
    from.on('close', () => other.destroy())
    from.on('error', () => other.destroy())
    open.add(from)
    from.once('close', () => open.delete(from))
  }
  const server = createServer((near) => {
    const far = dial(to, '127.0.0.1')
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const closeAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    delay(ms) {
      delayMs = ms
    },
    cut() {
      isCut = true
    },
    forget() {
      isCut = false
      for (const socket of open) forgotten.add(socket)
    },
    mend() {
      isCut = false
      delayMs = 0
      closeAll()
    },
    close() {
      closeAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
