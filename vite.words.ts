import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { LOCALES } from './shared/base/words/locales.ts'
import { PARTS, partOf } from './shared/base/words/parts.ts'

const NAME = 'virtual:words'
const FOLDER = fileURLToPath(new URL('./shared/locales/', import.meta.url))
/** What every page has anyway; what the server alone says; and what places are called, which is with the rule of it. */
const APART = new Set(['common', 'notices', 'places', 'refusals'])

/**
 * Gives the browser the words of each part and language as one thing to load (`virtual:words`). File by file, what tells how to load
 * each would be a twentieth of the program.
 */
export function words(): Plugin {
  return {
    name: 'words',
    resolveId: (id) => (id === NAME || id.startsWith(`${NAME}/`) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return undefined
      const [, language, part] = id.split('/')
      if (!language) return `export const words = { ${LOCALES.map(partsOf).join(', ')} }`
      const trees = readdirSync(`${FOLDER}${language}`)
        .filter((name) => name.endsWith('.json') && !APART.has(name.slice(0, -'.json'.length)))
        .map((name) => {
          const file = `${FOLDER}${language}/${name}`
          this.addWatchFile(file)
          const branches: [string, unknown][] = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
          return Object.fromEntries(branches.filter(([branch]) => partOf(branch) === part))
        })
      return `export default ${JSON.stringify(trees.filter((tree) => Object.keys(tree).length > 0))}`
    },
  }
}

const partsOf = (language: string): string =>
  `'${language}': { ${PARTS.map((part) => `${part}: () => import('${NAME}/${language}/${part}')`).join(', ')} }`
