import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** What stands before several web processes: one address, connections handed to whichever takes them. */
export interface Balancer {
  readonly origin: string
  /** Ends every connection, as a line that fails; who comes again is handed on as ever. */
  cut(): void
  close(): Promise<void>
}

/** Hands TCP connections to `ports`, as they are when it comes, in turn, passing over those where nobody listens. */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((client) => {
    turn += 1
    track(client)
    hand(
      client,
      Array.from(ports, (_, index) => ports[(turn + index) % ports.length] ?? 0),
    )
  })
  function track(socket: Socket): void {
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => open.delete(socket))
  }
  function hand(client: Socket, [port, ...others]: readonly number[]): void {
    if (port === undefined) {
      client.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    let isThrough = false
    upstream.on('error', () => {
      if (isThrough) client.destroy()
      else hand(client, others)
    })
    upstream.on('connect', () => {
      isThrough = true
      track(upstream)
      upstream.on('close', () => client.destroy())
      client.on('close', () => upstream.destroy())
      client.pipe(upstream).pipe(client)
    })
  }
  function cut(): void {
    for (const socket of open) socket.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close: () =>
      new Promise((resolve) => {
        cut()
        server.close(() => resolve())
      }),
  }
}
