import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { api } from './shared/api.ts'
import type { Endpoint } from './shared/people/rights/endpoint.ts'

const NAME = 'virtual:endpoints'
/** What the program and the wall call by themselves; a name that is missed here costs a request, and works. */
const FIRST = `${NAME}/first`
const CALLING_FIRST = [
  'app',
  'base',
  'city',
  'pages/city',
  'people/sessions',
  'people/settings',
  'people/banners',
]

/**
 * Gives the browser where each endpoint is (`virtual:endpoints`) and nothing else of the contract: schemas are
 * parsed with at the server's edges, and zod would be a fifth of what the wall loads. With each noun there are more of
 * them; what the wall loads has only those that it calls.
 */
export function endpoints(): Plugin {
  return {
    name: 'endpoints',
    resolveId: (id) => (id === NAME || id === FIRST ? `\0${id}` : undefined),
    load(id) {
      if (id !== `\0${NAME}` && id !== `\0${FIRST}`) return undefined
      const isFirst = id.endsWith(FIRST)
      const called = isFirst ? namesCalledFirst() : new Set(Object.keys(api))
      const all: [string, Endpoint][] = Object.entries(api)
      const places = all
        .filter(([key]) => called.has(key))
        .map(([key, { method, path, takes }]) => [key, { method, path, takes }])
      return `export const ${isFirst ? 'first' : 'endpoints'} = ${JSON.stringify(Object.fromEntries(places))}`
    },
  }
}

function namesCalledFirst(): Set<string> {
  const web = fileURLToPath(new URL('./web/', import.meta.url))
  const files = CALLING_FIRST.flatMap((folder) =>
    readdirSync(`${web}${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${web}${folder}/${name}`,
    ),
  )
  const texts = files.filter((name) => /\.(ts|vue)$/.test(name)).map((name) => readFileSync(name, 'utf8'))
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\bcall\('(\w+)'/g)].map(([, name]) => name ?? '')),
  )
}
