import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Locale } from '../../shared/base/words/locales.ts'
import type { Tree } from '../../shared/base/words/words.ts'

const folder = fileURLToPath(new URL('../../shared/locales', import.meta.url))

/** The nouns that have words: each a file in the folder of each language. */
export const nounsOf = (locale: Locale): string[] =>
  readdirSync(`${folder}/${locale}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace(/\.json$/, ''))

/** What pages do not load: what the server alone says, and what places are called, which a rule chooses. */
export const SERVERS: readonly string[] = ['notices', 'places', 'refusals']

/** The words of some nouns in one language, as one tree; of all that browsers load unless told. */
export function wordsOf(locale: Locale, ...nouns: readonly string[]): Tree {
  const wanted = nouns.length > 0 ? nouns : nounsOf(locale).filter((noun) => !SERVERS.includes(noun))
  return wanted
    .map((noun): Tree => JSON.parse(readFileSync(`${folder}/${locale}/${noun}.json`, 'utf8')))
    .reduce(merged, {})
}

/** Both in one: a noun adds words of its own to those of others. */
function merged(all: Tree, more: Tree): Tree {
  const both = Object.entries(more).map(([name, value]) => {
    const there = all[name]
    return [name, typeof value === 'object' && typeof there === 'object' ? merged(there, value) : value]
  })
  return { ...all, ...Object.fromEntries(both) }
}

/** Every word of a tree by its whole key. */
export function flatten(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : flatten(value, `${prefix}${name}.`),
  )
}
