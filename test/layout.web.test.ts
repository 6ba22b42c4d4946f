import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A wing knows those before it. */
const WINGS = ['base', 'people', 'register', 'monitor', 'desk', 'census', 'recording', 'city', 'app']

/**
 * Doors of base that know more of the contract than base: the board and the facts that the socket brings, and the one
 * way to call an endpoint.
 */
const DOORS = /^web\/base\/(live\/|facts\/|call\.ts$)/

interface Arrow {
  readonly file: string
  readonly to: string
}

const IMPORT =
  /^\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|^\s*import\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gm

/** Every import in `web/` of another file of ours, types and styles among them. */
const arrows: readonly Arrow[] = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].flatMap((match) => {
      const name = match[1] ?? match[2] ?? match[3] ?? ''
      return name.startsWith('.') ? [{ file, to: relative(root, join(root, dirname(file), name)) }] : []
    }),
  )

const wingOf = (file: string): string => file.split('/')[1] ?? ''
const written = (wrong: readonly Arrow[]) => wrong.map(({ file, to }) => `${file} → ${to}`)

/** Whether a part of one wing may know one of another. */
function mayKnow(from: string, to: string): boolean {
  if (from === to || from === 'app') return true
  if (from === 'pages') return to !== 'app'
  if (from === 'demo') return to !== 'pages' && to !== 'app'
  return WINGS.indexOf(to) >= 0 && WINGS.indexOf(to) < WINGS.indexOf(from)
}

test('every folder of the browser is a wing, or the pages above them', () => {
  const folders = readdirSync(join(root, 'web'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  const known = [...WINGS, 'pages', 'demo', 'public']
  expect(folders.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
  expect(arrows.length).toBeGreaterThan(1000)
})

test('in the browser, too, a wing knows only the ones before it; pages compose them, and the app lists the pages', () => {
  const wrong = arrows.filter(({ file, to }) => {
    return to.startsWith('web/') && !mayKnow(wingOf(file), wingOf(to))
  })
  expect(written(wrong)).toEqual([])
})

test('a wing of the browser knows of the contract what its own wing may', () => {
  const wrong = arrows.filter(({ file, to }) => {
    if (!to.startsWith('shared/') || !WINGS.includes(wingOf(to)) || DOORS.test(file)) return false
    return WINGS.includes(wingOf(file)) && !mayKnow(wingOf(file), wingOf(to))
  })
  expect(written(wrong)).toEqual([])
})

test('no two nouns of the browser import each other, by whatever way round', () => {
  const nounOf = (file: string): string => file.split('/').slice(0, 3).join('/')
  const knows = new Map<string, Set<string>>()
  for (const { file, to } of arrows) {
    const [from, goal] = [nounOf(file), nounOf(to)]
    if (!to.startsWith('web/') || from === goal || file.startsWith('web/pages')) continue
    knows.set(from, (knows.get(from) ?? new Set()).add(goal))
  }
  expect(knows.size).toBeGreaterThan(30)
  expect([...knows.keys()].flatMap((noun) => circleFrom(noun, knows) ?? [])).toEqual([])
})

/** Parts that no file has to bring: one of Vue, and one that the router gives to every page. */
const EVERYWHERE: readonly string[] = ['Teleport', 'RouterLink']

test('what a template shows is brought by its own file: a part that is not would be nothing on the screen', () => {
  const files = readdirSync(join(root, 'web'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.vue'),
  )
  const wrong = files.flatMap((name) => {
    const text = readFileSync(join(root, 'web', name), 'utf8')
    const script = [...text.matchAll(/<script\b[\s\S]*?<\/script>/g)].map(([part]) => part).join('\n')
    const template = text.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    const shown = new Set([...template.matchAll(/<([A-Z]\w*)/g)].map(([, part = '']) => part))
    const isBrought = (part: string) => new RegExp(`\\b(?:import|const)\\b[^'"=]*\\b${part}\\b`).test(script)
    return [...shown]
      .filter((part) => !EVERYWHERE.includes(part) && !isBrought(part))
      .map((part) => `web/${name}: ${part}`)
  })
  expect(files.length).toBeGreaterThan(300)
  expect(wrong).toEqual([])
})

/** A way from a noun back to it, as text. */
function circleFrom(start: string, knows: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of knows.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, start].join(' → ')
      if (!seen.has(next)) ways.push([...way, next])
      seen.add(next)
    }
  }
  return null
}
