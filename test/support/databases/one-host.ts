import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { StartEmbedded } from '../../../server/base/db/connect.ts'
import type { FromHost, ToHost } from './embedded-host.ts'

/** An engine's memory is given back late: after so many databases another process goes on. */
const MOST_OPENED = 60

interface Host {
  readonly child: ChildProcess
  opened: number
  open: number
}
let current: Host | null = null

function begin(): Host {
  const file = fileURLToPath(new URL('./embedded-host.ts', import.meta.url))
  const child = fork(file, [], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.setMaxListeners(50)
  // It ends with this process.
  child.unref()
  child.channel?.unref()
  return { child, opened: 0, open: 0 }
}

function ask({ child }: Host, message: ToHost): Promise<void> {
  const socket = 'open' in message ? message.open : message.close
  return new Promise((resolve, reject) => {
    const done = (error?: string) => {
      child.off('message', onMessage).off('exit', onExit)
      child.channel?.unref()
      if (error) reject(new Error(error))
      else resolve()
    }
    const onMessage = (answer: FromHost) => {
      if (answer.socket === socket) done(answer.error)
    }
    const onExit = () => done('the process of the embedded databases has ended')
    child.on('message', onMessage).on('exit', onExit)
    child.channel?.ref()
    child.send(message)
  })
}

/** Opens the embedded databases of this worker's test files in one process. */
export const inOneHost: StartEmbedded = async (dataDir, socket) => {
  if (current === null || current.opened >= MOST_OPENED) current = begin()
  const host = current
  host.opened += 1
  host.open += 1
  await ask(host, { open: socket, dataDir })
  return {
    pid: host.child.pid ?? null,
    lost: new Promise((resolve) => host.child.once('exit', () => resolve('the embedded database ended'))),
    async end() {
      await ask(host, { close: socket })
      host.open -= 1
      if (host.open === 0 && host !== current) host.child.kill()
    },
  }
}
