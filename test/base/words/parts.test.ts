import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Part, partOf } from '../../../shared/base/words/parts.ts'

/* A page that says words which nobody has loaded shows raw keys. */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const SOURCES = [...filesIn('web'), ...filesIn('shared')].filter((file) => /(?<!\.d)\.(ts|vue)$/.test(file))
const TEXTS = new Map(
  SOURCES.filter((file) => !/\/rights(-rules)?\.ts$/.test(file)).map((file) => [
    file,
    readFileSync(join(root, file), 'utf8'),
  ]),
)

/** Every key and every branch of the words of a part. */
function pathsOf(part: Part): Set<string> {
  const found = new Set<string>()
  const walk = (tree: object, prefix: string) => {
    for (const [name, value] of Object.entries(tree)) {
      found.add(prefix + name)
      if (typeof value === 'object' && value !== null) walk(value, `${prefix}${name}.`)
    }
  }
  for (const file of filesIn('shared/locales/zh-CN')) {
    const [, noun] = /zh-CN\/([\w-]+)\.json$/.exec(file) ?? []
    // What all pages have; and what the server alone says.
    if (!noun || ['common', 'notices', 'places', 'refusals'].includes(noun)) continue
    const branches = Object.entries(JSON.parse(readFileSync(join(root, file), 'utf8')))
    walk(Object.fromEntries(branches.filter(([branch]) => partOf(branch) === part)), '')
  }
  return found
}

/** What a file may say: keys that are written out, and the branches of those that end in a code. Rights are no words. */
const saidIn = (text: string): string[] =>
  [...text.replace(/\bcan\('[^']*'\)/g, '').matchAll(/[`'"](\w+(?:\.\w+)+)(?:['"`]|\.?\$\{|\.\w*\$\{)/g)].map(
    ([, path = '']) => path,
  )

const LOADED = /(?:import|export)\s(?!type)[^'"`;]*?from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'\)/g
/** A part of a page that is loaded with words of its own. */
const BROUGHT = /withWords\(\[([^\]]*)\],\s*\(\) =>\s*import\('(\.[^']+\.vue)'\)/g
const loadedBy = (file: string): string[] =>
  [...(TEXTS.get(file) ?? '').replace(BROUGHT, '').matchAll(LOADED)].map(([, a, b]) =>
    join(dirname(file), a ?? b ?? ''),
  )

/** All that a page is made of. */
function reachable(entry: string): Set<string> {
  const found = new Set([entry])
  for (const file of found) for (const one of loadedBy(file)) if (TEXTS.has(one)) found.add(one)
  return found
}

const partOfPage = (file: string, parts: string, page: string) => ({
  page: join(dirname(file), page),
  parts: parts.split(/\W+/).filter(Boolean),
})
const isRouter = (file: string) => file === 'web/app/router.ts' || /^web\/pages\/.*\/pages\.ts$/.test(file)

/** Pages, and parts of them, with the words that are loaded with them; all but those of no frame have the desk's. */
const ROUTES = [...TEXTS].flatMap(([file, text]) =>
  [
    ...text.matchAll(
      isRouter(file) ? /(?:withWords\(\[([^\]]*)\], )?\(\) => import\('(\.[^']+\.vue)'\)/g : BROUGHT,
    ),
  ].map(([, parts = '', page = '']) => partOfPage(file, parts, page)),
)

describe('words that only some pages load', () => {
  test.each(['wall', 'manage'] as const)('%s', (part) => {
    const others = (['wall', 'manage', 'desk'] as const).filter((one) => one !== part).map(pathsOf)
    const own = [...pathsOf(part)].filter((path) => !others.some((paths) => paths.has(path)))
    const isOwn = new Set(own)
    expect(own.length).toBeGreaterThan(50)
    const saying = ROUTES.filter(({ page }) =>
      [...reachable(page)].some((file) => saidIn(TEXTS.get(file) ?? '').some((path) => isOwn.has(path))),
    )
    expect(saying.length).toBeGreaterThan(0)
    const mute = saying.filter(({ parts }) => !parts.includes(part)).map(({ page }) => page)
    expect(mute, `say words of "${part}", which are not loaded with them`).toEqual([])
  })
})
