import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { decompress } from 'wawoff2'

/*
 * A machine that nobody sits at has no Chinese font, and a picture of a page would show boxes. The product has one with it, in a
 * hundred files as pages load it: unpacked once, it stands behind those of the machine.
 */

const PACKAGE = '@fontsource-variable/noto-sans-sc'
const SYSTEM = '/etc/fonts/fonts.conf'

/**
 * What Chromium is told of fonts (`FONTCONFIG_FILE`): those of the machine, and behind them the product's own, which are unpacked
 * into `folder` where they are not yet.
 * @param system what the machine says of its own.
 * @returns the path of that file.
 */
export async function fontsFile(folder: string, system = SYSTEM): Promise<string> {
  const home = dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/index.css`))
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const target = join(folder, `fonts-${version}`)
  if (!existsSync(target)) await unpack(join(home, 'files'), target)
  const file = join(folder, 'fonts.conf')
  writeFileSync(file, saying(system, target))
  return file
}

async function unpack(from: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true })
  const draft = mkdtempSync(`${target}-draft-`)
  for (const name of readdirSync(from).filter((one) => one.endsWith('.woff2'))) {
    const bytes = await decompress(readFileSync(join(from, name)))
    writeFileSync(join(draft, name.replace('.woff2', '.ttf')), bytes)
  }
  try {
    renameSync(draft, target)
  } catch {
    // Another process was first.
    rmSync(draft, { recursive: true, force: true })
  }
}

const escaped = (path: string): string =>
  path.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const saying = (system: string, fonts: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">${escaped(system)}</include>
  <dir>${escaped(fonts)}</dir>
  <cachedir>${escaped(join(fonts, 'cache'))}</cachedir>
</fontconfig>
`
