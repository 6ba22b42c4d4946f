import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { LOCALES, type Locale } from '../../../shared/base/words/locales.ts'
import { ROLES } from '../../../shared/people/rights/rights-rules.ts'
import { drawHandbook, sizeOfJpeg } from '../../../vite.handbook.ts'
import { HANDBOOK_KEY } from '../../../web/app/shell/useHandbookKey.ts'
import { STEP_KEYS } from '../../../web/desk/alerts/list/useAlertKeys.ts'
import { flatten, wordsOf } from '../../support/words.ts'

/* A handbook that names a button which is called otherwise by now leads people astray: it is held to the words on screen. */

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folderOf = (locale: Locale) => join(root, 'shared/locales', locale, 'handbook')
const textOf = (locale: Locale, role: string) => readFileSync(join(folderOf(locale), `${role}.md`), 'utf8')
const filesIn = (locale: Locale, ending: string) =>
  readdirSync(folderOf(locale)).filter((name) => name.endsWith(ending))

const sizesIn = (locale: Locale) => (file: string) => sizeOfJpeg(readFileSync(join(folderOf(locale), file)))

/** How each language sets off what stands on the screen. */
const ON_SCREEN: Record<Locale, RegExp> = { 'zh-CN': /「([^」]+)」/g, en: /\*\*([^*]+)\*\*/g }
const PICTURE = /!\[([^\]]+)\]\(([^)]+)\)/g
const LINK = /(?<!!)\[([^\]]+)\]\(([^)]+)\)/g

/** Every word of a language as it is shown: words within words are filled in, each form of a plural is one. */
function wordsShown(locale: Locale): ReadonlySet<string> {
  const all = new Map(flatten(wordsOf(locale)))
  const filled = (text: string): string =>
    text.replace(/@:\{'([\w.]+)'\}/g, (_, key: string) => filled(all.get(key) ?? ''))
  return new Set([...all.values()].flatMap((text) => filled(text).split(' | ')))
}

const sources = ['web/app', 'web/pages', 'web/base', 'web/desk', 'web/city'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|vue)$/.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8')),
)
const code = sources.join('\n')
const paths = new Set(
  [...code.matchAll(/\bpath: '(\/[^':]*?)\/?(?::[^']*)?'/g)].map(([, path]) => path || '/'),
)

/** The keys of lists and pages, as they are written where they work, and those that work everywhere. */
const KEYS: ReadonlySet<string> = new Set([
  ...[...code.matchAll(/\bkeys: \[([^\]]*)\]/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
  ),
  ...Object.keys(STEP_KEYS),
  ...['Esc', 'Ctrl K', '@', '?', HANDBOOK_KEY],
])
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

describe.each(LOCALES)('the handbook in %s', (locale) => {
  test('is there for every role, and for no other', () => {
    expect(filesIn(locale, '.md').sort()).toEqual(ROLES.map((role) => `${role}.md`).sort())
  })

  test.each(ROLES)('of %s names what the screens name', (role) => {
    const shown = wordsShown(locale)
    const named = [...textOf(locale, role).matchAll(ON_SCREEN[locale])].map(([, word = '']) => word)
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((word) => !shown.has(word))).toEqual([])
  })

  test.each(ROLES)('of %s leads to pages that are there, by their names', (role) => {
    const names = new Set(
      flatten(wordsOf(locale)).flatMap(([key, text]) => (key.startsWith('nav.') ? [text] : [])),
    )
    const links = [...textOf(locale, role).matchAll(LINK)].map(([, name = '', to = '']) => ({ name, to }))
    expect(links.length).toBeGreaterThan(3)
    expect(links.filter(({ name, to }) => !names.has(name) || !paths.has(to))).toEqual([])
  })

  test.each(ROLES)('of %s names keys that work, and commands that are there', (role) => {
    const set = [...textOf(locale, role).matchAll(/`([^`]+)`/g)].map(([, one = '']) => one)
    const wrong = set.filter((one) => {
      const [, script] = /^npm run (\w+)/.exec(one) ?? []
      if (script) return scripts[script] === undefined
      return one !== 'npm ci' && !KEYS.has(one)
    })
    expect(wrong).toEqual([])
  })

  test.each(ROLES)('of %s begins with a title, and has chapters that differ', (role) => {
    const { title, chapters } = drawHandbook(textOf(locale, role), sizesIn(locale))
    expect(title.length).toBeGreaterThan(5)
    expect(chapters.length).toBeGreaterThan(3)
    expect(new Set(chapters.map(({ id }) => id)).size).toBe(chapters.length)
  })

  test('shows pictures that are there, with words for who does not see them, and keeps none that it does not show', () => {
    const shown = ROLES.flatMap((role) =>
      [...textOf(locale, role).matchAll(PICTURE)].map(([, , file = '']) => file),
    )
    expect(shown.filter((file) => !existsSync(join(folderOf(locale), file)))).toEqual([])
    expect(filesIn(locale, '.jpg').sort()).toEqual([...new Set(shown)].sort())
    expect(new Set(shown.map((file) => sizesIn(locale)(file)).map(({ width }) => width))).toEqual(
      new Set([1366, 390]),
    )
    const heavy = filesIn(locale, '.jpg').filter(
      (file) => statSync(join(folderOf(locale), file)).size > 150_000,
    )
    expect(heavy).toEqual([])
  })
})

test('a chapter is a heading that can be linked to, a picture a file of the build, and a key looks like one', () => {
  const { title, chapters, html, pictures } = drawHandbook(
    '# Title\n\n## Each day & more\n\nPress `a`.\n\n![The <list>](list.jpg)\n',
    () => ({ width: 1366, height: 832 }),
  )
  expect({ title, chapters, pictures }).toEqual({
    title: 'Title',
    chapters: [{ id: 'Each-day-&-more', text: 'Each day & more' }],
    pictures: ['list.jpg'],
  })
  expect(html).toContain('<h2 id="Each-day-&amp;-more">Each day &amp; more</h2>')
  expect(html).toContain('<kbd>a</kbd>')
  expect(html).toContain('<img src="\0' + '0\0" width="683" height="416" alt="The &lt;list>"')
})
