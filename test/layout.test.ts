import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Import {
  /** Importing file, from the project's root. */
  file: string
  /** What it imports: a path from the root, or a package's name. */
  from: string
  typeOnly: boolean
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm

function importsIn(folder: string): Import[] {
  return sources(folder).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return [...text.matchAll(IMPORT)].map((match) => {
      const name = match[2] ?? match[3] ?? ''
      const from = name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name
      return { file, from, typeOnly: match[1] !== undefined }
    })
  })
}

function sources(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|vue|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

const arrows = (imports: Import[]) => imports.map(({ file, from }) => `${file} → ${from}`)

test('the contract in shared/ needs nothing but zod and itself', () => {
  const others = importsIn('shared').filter(({ from }) => from !== 'zod' && !from.startsWith('shared/'))
  expect(arrows(others)).toEqual([])
})

test('the browser never imports the server, nor a module of Node', () => {
  const wrong = importsIn('web').filter(({ from }) => from.startsWith('server/') || from.startsWith('node:'))
  expect(arrows(wrong)).toEqual([])
})

/**
 * What a browser loads of an import: nothing where each name is a type's. `import { type A } from` would still load
 * the module, so only `import type` counts as none.
 */
const runsIn = (folders: readonly string[]) => folders.flatMap(importsIn).filter(({ typeOnly }) => !typeOnly)

test('nothing that runs in the browser reaches a schema: zod is no part of it', () => {
  const all = runsIn(['web', 'shared'])
  const entries = sources('web').filter((file) => !file.endsWith('.d.ts'))
  expect(entries).toContain('web/desk/duty/RotationDialog.vue')
  const reaching = (from: string) =>
    from === 'zod' || (from.startsWith('shared/') && reachable(from, all).has('zod'))
  const wrong = all.filter(({ file, from }) => entries.includes(file) && reaching(from))
  expect(arrows(wrong)).toEqual([])
})

test('a thread that reads pages has neither schemas nor a database, and one that looks through sites no database', () => {
  const all = runsIn(['server', 'shared'])
  const reader = reachable('server/monitor/visit/reading/thread.ts', all)
  const inspector = reachable('server/monitor/inspections/crawl/thread.ts', all)
  expect(reader).toContain('htmlparser2')
  expect(inspector).toContain('htmlparser2')
  const has = (found: ReadonlySet<string>) => ['zod', 'kysely', 'pg'].filter((name) => found.has(name))
  expect({ reader: has(reader), inspector: has(inspector) }).toEqual({ reader: [], inspector: ['zod'] })
})

test('the server never imports the browser', () => {
  const wrong = importsIn('server').filter(({ from }) => from.startsWith('web/') || from === 'vue')
  expect(arrows(wrong)).toEqual([])
})

test('nothing of the product imports tests', () => {
  const all = [...importsIn('shared'), ...importsIn('server'), ...importsIn('web')]
  expect(arrows(all.filter(({ from }) => from.startsWith('test/') || from === 'vitest'))).toEqual([])
})

test('queries know SQL only: no service, no routes, no network', () => {
  const wrong = importsIn('server').filter(
    ({ file, from, typeOnly }) =>
      file.endsWith('/queries.ts') &&
      !typeOnly &&
      /\/(service|routes|run|measure|schedule)\.ts$|^node:net|^undici/.test(from),
  )
  expect(arrows(wrong)).toEqual([])
})

test('services and rules do not know HTTP', () => {
  const wrong = importsIn('server').filter(
    ({ file, from }) =>
      /\/(service|rules)\.ts$/.test(file) &&
      /^(express|server\/(base\/http|people\/requests)\/)|\/routes\.ts$/.test(from),
  )
  expect(arrows(wrong)).toEqual([])
})

test('the demo fleet and the monitor meet over sockets only', () => {
  const all = importsIn('server').filter(({ typeOnly }) => !typeOnly)
  const fleet = reachable('server/demo/fleet/main.ts', all)
  const judging = /^server\/(monitor|recording|desk|city|base\/db)\//
  expect([...fleet].filter((file) => judging.test(file))).toEqual([])
  const wrong = all.filter(({ file, from }) => judging.test(file) && from.startsWith('server/demo/fleet/'))
  expect(arrows(wrong)).toEqual([])
})

/** The files that a program is made of. */
function reachable(entry: string, imports: Import[], found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found
  found.add(entry)
  for (const { file, from } of imports) if (file === entry) reachable(from, imports, found)
  return found
}

test('one file reads the clock', () => {
  const clocks = [...sources('server'), ...sources('shared')].filter((file) =>
    /\bDate\.now\(|new Date\(\)/.test(readFileSync(join(root, file), 'utf8')),
  )
  // The demo's pages carry scripts that ask a browser for its date, as real ones do.
  const pages = 'server/demo/fleet/pages/chrome.ts'
  expect(clocks.filter((file) => file !== pages)).toEqual(['server/base/clock.ts'])
})
