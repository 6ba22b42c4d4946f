import { readdirSync } from 'node:fs'
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
      const files = readdirSync(`${FOLDER}${language}`)
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .filter((noun) => !APART.has(noun) && partOf(noun) === part)
      const imports = files.map((noun, at) => `import _${at} from '${FOLDER}${language}/${noun}.json'`)
      return [...imports, `export default [${files.map((_, at) => `_${at}`)}]`].join('\n')
    },
  }
}

const partsOf = (language: string): string =>
  `'${language}': { ${PARTS.map((part) => `${part}: () => import('${NAME}/${language}/${part}')`).join(', ')} }`
