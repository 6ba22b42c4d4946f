import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A wing knows those before it (`docs/architecture.md`). */
const WINGS = ['base', 'people', 'register', 'monitor', 'desk', 'census', 'recording', 'city', 'app']
/** The indexes of the contract: whoever serves or calls an endpoint takes it from there. */
const INDEXES = ['shared/api.ts', 'shared/nouns.ts']
const isIndexed = ({ file, to }: Arrow) => INDEXES.includes(file) || INDEXES.includes(to)

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
const written = (wrong: readonly Arrow[]) => wrong.map(({ file, to }) => `${file} → ${to}`)

/** Whether a file of one wing may know one of another. */
function mayKnow(from: string, to: string): boolean {
  if (from === to) return true
  if (to === 'demo') return from === 'app'
  return from === 'demo' ? to !== 'app' : WINGS.indexOf(to) < WINGS.indexOf(from)
}

describe.each(['server', 'shared'])('%s', (top) => {
  test('has no folder that is no wing', () => {
    const folders = readdirSync(join(root, top), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    )
    const known = [...WINGS, 'demo', ...(top === 'shared' ? ['locales'] : [])]
    expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
  })
})

test('a wing knows only the ones before it; the demo is known to the entry alone', () => {
  const wrong = arrows.filter(
    ({ file, to }) =>
      !isIndexed({ file, to }) &&
      /^(server|shared)\/\w+\//.test(to) &&
      wingOf(to) !== 'locales' &&
      !mayKnow(wingOf(file), wingOf(to)),
  )
  expect(arrows.length).toBeGreaterThan(1500)
  expect(written(wrong)).toEqual([])
})

/** A schema and the rules of its type are one module in two files, so that browsers load the rules alone. */
const isPair = ({ file, to }: Arrow) =>
  to === file.replace(/\.ts$/, '-rules.ts') || file === to.replace(/\.ts$/, '-rules.ts')

test('no files import each other, by whatever way round, not even types', () => {
  const knows = new Map<string, Set<string>>()
  for (const arrow of arrows) {
    if (isIndexed(arrow) || (isPair(arrow) && arrow.file.endsWith('-rules.ts'))) continue
    knows.set(arrow.file, (knows.get(arrow.file) ?? new Set()).add(arrow.to))
  }
  expect(circlesOf(knows)).toEqual([])
})

/**
 * Nouns of one wing that know each other all the same. Who somebody is, what stands behind a request, and what they may
 * do are one matter: an account is made with a secret, a session is of an account, a token has the rights of one.
 */
const KNOTS = [
  ['accounts', 'audit', 'requests', 'rights', 'sessions'].map((noun) => `server/people/${noun}`).join(' ↔ '),
]

test('no nouns of one wing know each other, by whatever way round', () => {
  const nounOf = (file: string) => file.split('/').slice(0, 3).join('/')
  const isOfNoun = (file: string) => file.split('/').length > 3 && WINGS.includes(wingOf(file))
  const knows = new Map<string, Set<string>>()
  for (const { file, to } of arrows.filter((arrow) => isOfNoun(arrow.file) && isOfNoun(arrow.to))) {
    const [from, goal] = [nounOf(file), nounOf(to)]
    const isWithin = from.split('/').slice(0, 2).join('/') === goal.split('/').slice(0, 2).join('/')
    if (from !== goal && isWithin) knows.set(from, (knows.get(from) ?? new Set()).add(goal))
  }
  expect(knows.size).toBeGreaterThan(20)
  expect(circlesOf(knows)).toEqual(KNOTS)
})

/** Sets of files that reach each other. */
function circlesOf(knows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reach = (from: string) => {
    const found = new Set<string>()
    const look = (at: string) => {
      for (const next of knows.get(at) ?? []) {
        if (!found.has(next)) {
          found.add(next)
          look(next)
        }
      }
    }
    look(from)
    return found
  }
  const reached = new Map([...knows.keys()].map((one) => [one, reach(one)]))
  const circles = [...reached].flatMap(([one, found]) => {
    if (!found.has(one)) return []
    return [
      [...found]
        .filter((other) => reached.get(other)?.has(one))
        .sort()
        .join(' ↔ '),
    ]
  })
  return [...new Set(circles)]
}
