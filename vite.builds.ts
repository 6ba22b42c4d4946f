import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Builds whose files stay served, this one among them: pages that were opened before an update go on loading theirs. */
export const KEPT_BUILDS = 4

/**
 * Keeps the hashed files of the last builds beside the new ones, and removes those of older ones: the folder is not
 * emptied, so that a server that runs meanwhile never lacks a file.
 */
export function keepBuilds(): Plugin {
  return {
    name: 'keep-builds',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const list = join(dir, '.builds.json')
      // One that a crash has left half written is begun anew.
      const before: string[][] = await readFile(list, 'utf8')
        .then(JSON.parse)
        .catch(() => [])
      const mine = Object.keys(bundle).filter((fileName) => fileName.startsWith('assets/'))
      const isSame = JSON.stringify(before[0]) === JSON.stringify(mine)
      const builds = [mine, ...before.slice(isSame ? 1 : 0)].slice(0, KEPT_BUILDS)
      const kept = new Set(builds.flat())
      for (const name of await readdir(join(dir, 'assets'))) {
        if (!kept.has(`assets/${name.replace(/\.(br|gz)$/, '')}`)) await rm(join(dir, 'assets', name))
      }
      await writeFile(list, JSON.stringify(builds))
    },
  }
}

const compressors = [
  [
    'br',
    (text: Buffer) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  ],
  ['gz', (text: Buffer) => promisify(gzip)(text, { level: 9 })],
] as const

/** Compresses the built files beforehand, as hard as it goes: the server only sends them. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    // From the written files: before that, other plugins may still change them.
    async writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|html|svg|json)$/.test(fileName)) continue
        const source = await readFile(join(dir, fileName))
        // A name with a hash is of one content. Any other's would stay of the last build, and be sent in its place.
        if (source.length < 1024 && fileName.startsWith('assets/')) continue
        for (const [ending, compress] of compressors) {
          await writeFile(join(dir, `${fileName}.${ending}`), await compress(source))
        }
      }
    },
  }
}
