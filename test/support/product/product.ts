import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../databases/postgres-server.ts'
import { signIn } from '../session.ts'
import { until } from '../until.ts'

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** Password of the demonstration's accounts. */
export const DEMO_PASSWORD = 'siteward-demo'

/** The built product, or a part of it, as a process. */
export interface Product {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  readonly origin: string
  readonly dataDir: string
  /** All that it has written so far. */
  output(): string
  /** Milliseconds from its start until it was ready; `ready` must have been awaited. */
  ready(timeoutMs?: number): Promise<number>
  signIn(username: string): ReturnType<typeof signIn>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>
  /** Ends it in order (SIGTERM). @returns how long that took, ms. */
  stop(): Promise<number>
  /** Ends it like a power cut (SIGKILL). */
  kill(): Promise<void>
}

export interface ProductOptions {
  env?: Record<string, string>
  args?: readonly string[]
  /** Kept by the caller; otherwise a new one that `stop` and `kill` leave to the exit of this process. */
  dataDir?: string
  port?: number
  /** `server/start.mjs` is what `npm start` runs; it builds first what is stale. */
  entry?: 'dist/server/main.js' | 'server/start.mjs'
  /** Another folder with a build in it; otherwise the project's. */
  root?: string
}

/** Starts the product without waiting for anything. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const port = options.port ?? (await freePort())
  const dataDir = options.dataDir ?? temporaryFolder()
  const began = performance.now()
  const entry = join(options.root ?? ROOT, options.entry ?? 'dist/server/main.js')
  const child = spawn(process.execPath, [entry, ...(options.args ?? [])], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      TMPDIR: tmpdir(),
      NODE_ENV: 'production',
      LOG_FORMAT: 'json',
      PORT: String(port),
      DATA_DIR: dataDir,
      // Who wants pages drawn by a browser says `RENDER: 'auto'`.
      RENDER: 'off',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 0))
  })
  const origin = `http://127.0.0.1:${port}`
  const isGone = () => child.exitCode !== null || child.signalCode !== null
  const product: Product = {
    child,
    pid: child.pid ?? 0,
    port,
    origin,
    dataDir,
    output: () => said,
    exited,
    async ready(timeoutMs = 100_000) {
      await until(
        'the product is ready',
        async () => {
          if (isGone()) throw new Error(`The product ended before it was ready:\n${said}`)
          return (await readiness(origin)) === 200
        },
        timeoutMs,
      )
      return performance.now() - began
    },
    signIn: (username) => signIn(origin, username, DEMO_PASSWORD),
    async stop() {
      const start = performance.now()
      child.kill('SIGTERM')
      await exited
      return performance.now() - start
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
  started.add(product)
  return product
}

const started = new Set<Product>()

/** Ends whatever a test file has left running; call it in `afterAll`. */
export async function stopProducts(): Promise<void> {
  await Promise.all([...started].map((product) => product.kill()))
  started.clear()
  removeFolders()
}

/** Status of `/readyz`; 0 while nothing listens. */
export async function readiness(origin: string): Promise<number> {
  try {
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(5_000) })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}

const folders: string[] = []
process.once('exit', () => {
  for (const { child } of started) child.kill('SIGKILL')
  removeFolders()
})

/** Children of a product that was killed may still write: what does not go now goes with the next. */
function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A new folder that goes away with the products of a test file, or when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'siteward-product-'))
  folders.push(folder)
  return folder
}
