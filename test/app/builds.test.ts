import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { KEPT_BUILDS, keepBuilds, precompress } from '../../vite.builds.ts'

/* Pages that were opened before an update go on loading their own files: those of the last builds stay. */

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'builds-'))
  await mkdir(join(dir, 'assets'))
})
afterEach(() => rm(dir, { recursive: true }))

/** A build whose pages are named by their hashes, written and compressed as the real one is. */
async function build(...names: string[]): Promise<void> {
  for (const name of names) {
    for (const ending of ['', '.br', '.gz']) await writeFile(join(dir, 'assets', name + ending), name)
  }
  const bundle = Object.fromEntries(
    [...names.map((name) => `assets/${name}`), 'index.html'].map((name) => [name, {}]),
  )
  const write = (keepBuilds() as Plugin).writeBundle as (options: object, files: object) => Promise<void>
  await write({ dir }, bundle)
}
const served = async () =>
  (await readdir(join(dir, 'assets'))).filter((name) => !/\.(br|gz)$/.test(name)).sort()

it('the files of the last four builds are served, and no older ones', async () => {
  expect(KEPT_BUILDS).toBe(4)
  for (let n = 1; n <= 4; n++) await build(`page-${n}.js`, 'never-changes.js')
  expect(await served()).toEqual(['never-changes.js', 'page-1.js', 'page-2.js', 'page-3.js', 'page-4.js'])
  await build('page-5.js', 'never-changes.js')
  expect(await served(), 'what all of them share stays').toEqual([
    'never-changes.js',
    'page-2.js',
    'page-3.js',
    'page-4.js',
    'page-5.js',
  ])
  expect(await readdir(join(dir, 'assets')), 'with what is compressed of them').toHaveLength(15)
})

it('building the same again counts once, so that restarts push nothing out', async () => {
  await build('page-1.js')
  for (let n = 0; n < 6; n++) await build('page-2.js')
  expect(await served()).toEqual(['page-1.js', 'page-2.js'])
})

it('files of which no build is known are removed, and a list that cannot be read is begun anew', async () => {
  await writeFile(join(dir, 'assets', 'of-nobody.js'), '')
  await writeFile(join(dir, '.builds.json'), '{ broken')
  await build('page-1.js')
  expect(await served()).toEqual(['page-1.js'])
})

it('the first page that is sent compressed is that of the last build, also when it has become a short one', async () => {
  const write = (precompress() as Plugin).writeBundle as (options: object, files: object) => Promise<void>
  for (const page of ['<!doctype html>'.padEnd(1100, 'a'), '<!doctype html> short']) {
    await writeFile(join(dir, 'index.html'), page)
    await write({ dir }, { 'index.html': {} })
    expect(brotliDecompressSync(await readFile(join(dir, 'index.html.br'))).toString()).toBe(page)
    expect(gunzipSync(await readFile(join(dir, 'index.html.gz'))).toString()).toBe(page)
  }
})
