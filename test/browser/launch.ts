import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath, packaged } from '../../server/monitor/rendering/browser/chromium.ts'
import { patient } from '../support/run/patience.ts'

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
    return await chromium.launch({
      executablePath,
      args: [...FLAGS, ...extraFlags],
      timeout: patient(30_000),
    })
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

const cache = fileURLToPath(new URL('../../node_modules/.cache/siteward', import.meta.url))

/** The package's Chromium, unpacked once for all tests. @throws NoBrowser where the package has none for this machine */
export async function packagedChromium(): Promise<string> {
  const chromium = packaged()
  if (!chromium)
    throw new NoBrowser('There is no Chromium for this machine: set CHROMIUM_PATH to one of yours.')
  return chromiumPath(chromium, cache)
}
