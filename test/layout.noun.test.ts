import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files of the program that are about something, and of these those that lie in a folder or bear the name of it. */
const named = /announcement/i
const isOwn = (file: string) => /\/announcements\//.test(file) || /announcements\.(ts|json)$/.test(file)

function filesNaming(what: RegExp): string[] {
  return ['server', 'shared', 'web', 'test'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => join(top, file))
      .filter((file) => /\.(ts|vue|mjs|json|css)$/.test(file) && statSync(join(root, file)).isFile())
      .filter((file) => what.test(readFileSync(join(root, file), 'utf8')))
      .map((file) => relative('', file)),
  )
}

/*
 * Announcements have a table, facts, endpoints, a right, a page with its place in the navigation, an export, words in each
 * language, something across every screen, audit, and rows in the demo. This is what it took outside of their folders.
 */
test('a noun is known outside its own folders to three lists: of modules, of the contract, of migrations', () => {
  const here = [
    'test/layout.noun.test.ts',
    'test/city/live/everybody.db.test.ts',
    // The longest text that a wall has to have room for.
    'test/city/wall/announced.test.ts',
    // What the log of a day says was done.
    'shared/locales/en/refusals/papers.json',
    'shared/locales/zh-CN/refusals/papers.json',
    // What a banner of any noun is labelled with.
    'shared/locales/en/common.json',
  ]
  const files = filesNaming(named)
  expect(files.filter(isOwn).length).toBeGreaterThan(15)
  expect(files.filter((file) => !isOwn(file) && !here.includes(file)).sort()).toEqual([
    'server/app/modules.ts',
    'server/base/db/migrations/index.ts',
    'shared/nouns.ts',
  ])
})

/* Score sheets have a table, work by night, endpoints, refusals of their own, pages, words and a past in the demo. */
test('so are score sheets, to the page of a site, which shows them, and to the past of the demo', () => {
  const naming = /score-sheets\/|_sheets\.ts'|locales\/[\w-]+\/(refusals\/)?sheets\.json/
  // Other nouns of its wing build on it.
  const files = filesNaming(naming).filter((file) => !file.includes('/census/'))
  expect(files.filter((file) => file !== 'test/layout.noun.test.ts').sort()).toEqual([
    'server/app/modules.ts',
    'server/base/db/migrations/index.ts',
    'server/demo/past/sheets.ts',
    'shared/nouns.ts',
    'web/pages/register/SiteTabs.vue',
  ])
})
