import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
