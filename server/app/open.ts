import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '../base/config.ts'
import { type Connection, connect } from '../base/db/connect.ts'

/**
 * Opens the database, before anything else is made: it takes longer than the program to be loaded.
 * @param tell says to the person who waits what is going on.
 * @throws with a sentence when the port is taken, which is said at once, not only after the database and the demo are up.
 */
export async function openDatabase(config: Config, tell: (text: string) => void): Promise<Connection> {
  if (config.port !== 0) await ensurePortIsFree(config)
  if (!config.databaseUrl) tell('Starting the embedded database (the first time takes some seconds) …')
  return connect(config)
}

async function ensurePortIsFree(config: Config): Promise<void> {
  const server = createServer()
  await listen(server, config)
  await new Promise((resolve) => server.close(resolve))
}

/** @returns the port. @throws with a sentence when it is taken */
export function listen(server: HttpServer, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`Port ${config.port} is taken. Set PORT to a free one.`) : error)
    })
    server.listen(config.port, config.host, () => resolve((server.address() as AddressInfo).port))
  })
}
