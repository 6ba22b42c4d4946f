import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A wing knows those before it (`docs/architecture.md`). */
const WINGS = ['base', 'people', 'register', 'monitor', 'desk', 'census', 'recording', 'city', 'app']
/** The index of every endpoint: whoever serves or calls one takes it from there. */
const INDEX = 'shared/api.ts'

interface Arrow {
  readonly file: string
  readonly to: string
}

const IMPORT =
  /^\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)|^declare module '([^']+)'/gm

/** Every import of another file of ours, types among them. */
function arrowsIn(top: string): Arrow[] {
  return readdirSync(join(root, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].flatMap((match) => {
        const name = match[1] ?? match[2] ?? match[3] ?? ''
        return name.startsWith('.') ? [{ file, to: relative(root, join(root, dirname(file), name)) }] : []
      }),
    )
}

const arrows = [...arrowsIn('server'), ...arrowsIn('shared')]
const wingOf = (file: string): string => file.split('/')[1] ?? ''
const nounOf = (file: string): string => file.split('/').slice(0, 3).join('/')
const written = (wrong: readonly Arrow[]) => wrong.map(({ file, to }) => `${file} → ${to}`)

/** Whether a file of one wing may know one of another. */
function mayKnow(from: string, to: string): boolean {
  if (from === to) return true
  if (to === 'demo') return from === 'app'
  return from === 'demo' ? to !== 'app' : WINGS.indexOf(to) < WINGS.indexOf(from)
}

describe.each(['server', 'shared'])('%s', (top) => {
  test('has no folder that is no wing', () => {
    const folders = readdirSync(join(root, top), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const known = [...WINGS, 'demo', ...(top === 'shared' ? ['locales'] : [])]
    expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
  })
})

test('a wing knows only the ones before it; the demo is known to the entry alone', () => {
  const wrong = arrows.filter(
    ({ file, to }) =>
      file !== INDEX &&
      to !== INDEX &&
      /^(server|shared)\/\w+\//.test(to) &&
      wingOf(to) !== 'locales' &&
      !mayKnow(wingOf(file), wingOf(to)),
  )
  expect(arrows.length).toBeGreaterThan(1500)
  expect(written(wrong)).toEqual([])
})

test('no nouns import each other, by whatever way round', () => {
  const knows = new Map<string, Set<string>>()
  for (const { file, to } of arrows) {
    const [from, goal] = [nounOf(file), nounOf(to)]
    if (from === goal || file === INDEX || to === INDEX || wingOf(file) === 'app') continue
    knows.set(from, (knows.get(from) ?? new Set()).add(goal))
  }
  expect(circlesOf(knows)).toEqual([])
})

/** Sets of nouns that reach each other. */
function circlesOf(knows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reach = (from: string) => {
    const found = new Set<string>()
    const look = (noun: string) => {
      for (const next of knows.get(noun) ?? []) {
        if (!found.has(next)) {
          found.add(next)
          look(next)
        }
      }
    }
    look(from)
    return found
  }
  const reached = new Map([...knows.keys()].map((noun) => [noun, reach(noun)]))
  const circles = [...reached].flatMap(([noun, found]) => {
    if (!found.has(noun)) return []
    return [[...found].filter((other) => reached.get(other)?.has(noun)).sort().join(' ↔ ')]
  })
  return [...new Set(circles)]
}
