import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

/** Why no browser can be started here, as a sentence with what to install. */
export class NoBrowser extends Error {}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a headless Chromium: the one that CHROMIUM_PATH names, else the one of the npm package.
 * @throws NoBrowser
 */
export async function launchBrowser(extraFlags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await packagedChromium())
  try {
    return await chromium.launch({ executablePath, args: [...FLAGS, ...extraFlags], timeout: 30_000 })
  } catch (error) {
    throw new NoBrowser(reasonOf(executablePath, String(error)))
  }
}

function reasonOf(path: string, message: string): string {
  const library = /error while loading shared libraries: (\S+?):/.exec(message)?.[1]
  if (library) {
    const packages = 'libnss3 libnspr4 (Debian, Ubuntu: apt-get install libnss3)'
    return `Chromium cannot start: ${library} is missing. It needs ${packages}, or set CHROMIUM_PATH.`
  }
  const first = message.split('\n').find((line) => line.trim()) ?? ''
  return `Chromium cannot start from ${path}: ${first} Set CHROMIUM_PATH to a Chromium or Chrome of yours.`
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Unpacks the package's Chromium once, into a folder of its own: the package itself unpacks into the shared
 * temporary folder, where two runs at once would start a half-written program.
 */
async function packagedChromium(): Promise<string> {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const cache = join(root, 'node_modules/.cache/siteward')
  const target = join(cache, `chromium-${version}`)
  if (!existsSync(target)) {
    mkdirSync(cache, { recursive: true })
    const draft = mkdtempSync(join(cache, 'chromium-draft-'))
    await unpackInto(draft)
    try {
      renameSync(draft, target)
    } catch {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  return join(target, 'chromium')
}

async function unpackInto(folder: string): Promise<void> {
  const { default: packaged } = await import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await packaged.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
