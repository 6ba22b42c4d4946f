import { constants, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A browser that may draw pages: a program of the machine's, or the one that a package brings, which is unpacked when it is needed. */
export type Chromium = { readonly path: string } | { readonly package: string; readonly version: string }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const PACKAGE = '@sparticuz/chromium'
const MAY_RUN = constants.X_OK

/**
 * The Chromium of this machine: the one that is named, else one of the system's, else the package's, which is made for Linux on
 * x64 alone. Null: there is none.
 * @param named `CHROMIUM_PATH`
 */
export async function findChromium(named: string | undefined): Promise<Chromium | null> {
  if (named !== undefined) return (await isProgram(named)) ? { path: named } : null
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (await isProgram(path)) return { path }
    }
  }
  return packaged()
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, MAY_RUN).then(
    () => true,
    () => false,
  )

/** The Chromium that the package brings; null where there is none. */
export function packaged(): Chromium | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  try {
    // The package does not say where its manifest is: it lies two folders above what it is loaded by.
    const folder = join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '../..')
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return existsSync(join(folder, 'bin/chromium.br')) ? { package: folder, version } : null
  } catch {
    return null
  }
}

/**
 * The path of the program. The package's is unpacked into `folder` once: it would do so into the shared temporary folder
 * itself, where two processes at once would start a half-written program.
 */
export async function chromiumPath(chromium: Chromium, folder: string): Promise<string> {
  if ('path' in chromium) return chromium.path
  const target = join(folder, `chromium-${chromium.version}`)
  if (!existsSync(target)) {
    mkdirSync(folder, { recursive: true })
    const draft = mkdtempSync(join(folder, 'chromium-draft-'))
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
  // By a place that is not known when this is built: a machine may have a program, and no package.
  const entry = pathToFileURL(createRequire(import.meta.url).resolve(PACKAGE)).href
  const { default: chromium } = (await import(
    /* @vite-ignore */ entry
  )) as typeof import('@sparticuz/chromium')
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    await chromium.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
