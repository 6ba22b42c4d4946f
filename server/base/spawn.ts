import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Programs that run beside the server as processes of their own, with their sources for development. */
const PROGRAMS = {
  embedded: './db/embedded/program.ts',
  fleet: '../demo/fleet/main.ts',
  workbook: './sheet/workbook-reader.ts',
  document: '../census/documents/templates/writer.ts',
  render: '../monitor/rendering/browser/main.ts',
} as const

let builtIn: string | null = null

/** From now on sources start programs as they were built into a folder, which takes a tenth of the time. */
export function spawnBuilt(folder: string): void {
  builtIn = folder
}

/**
 * Starts a program of ours as a child. It must end by itself when its parent is gone (`disconnect`).
 * Built, every program is one file beside this one; in development it is TypeScript run by tsx.
 */
export function spawnProgram(
  name: keyof typeof PROGRAMS,
  env: Record<string, string>,
  execArgv: readonly string[] = [],
): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts') && builtIn === null
  const beside = new URL(isSource ? PROGRAMS[name] : `./${name}.js`, import.meta.url)
  const file = builtIn === null ? fileURLToPath(beside) : join(builtIn, `${name}.js`)
  const loader = isSource ? ['--import', 'tsx'] : []
  const child = fork(file, [], {
    env: { ...process.env, ...env },
    execArgv: [...loader, ...execArgv],
    // A group of its own, so that Ctrl-C reaches the server alone, which then ends its children in order.
    detached: true,
    // Bytes and dates go over as what they are.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  // One that cannot be started says so to whoever waits for its first message.
  child.on('error', () => {})
  return child
}

/** Waits for the child's first message. @throws what it said, or that it ended. */
export function firstMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`ended with code ${code} before it was ready`))
    child.once('exit', onExit)
    child.once('error', reject)
    child.once('message', (message: T | { error: string }) => {
      child.off('exit', onExit)
      child.off('error', reject)
      if (typeof message === 'object' && message !== null && 'error' in message) {
        reject(new Error(String(message.error)))
      } else resolve(message as T)
    })
  })
}

/** Ends a child: politely, and after `graceMs` for certain. Resolves when it is gone. */
export function endProgram(child: ChildProcess, graceMs = 3_000): Promise<void> {
  return new Promise((resolve) => {
    const isOver = child.exitCode !== null || child.signalCode !== null || child.pid === undefined
    if (isOver) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
