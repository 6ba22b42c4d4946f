import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const pages = ['.', 'deploy', 'docs', 'server', 'shared', 'web', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.md')),
)

test('every path that a page names is there', () => {
  expect(pages).toContain('docs/where.md')
  const missing = pages.flatMap((page) =>
    [...text(page).matchAll(/`((?:server|shared|web|test|docs)\/[\w./-]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  )
  expect(missing).toEqual([])
})

test('every file that a list of paths names is in its folder', () => {
  // `folder/` (`a.ts`, `b.ts` …)
  const lists = /`((?:server|shared|web|test)\/[\w./-]+\/)` \(([^)]*)\)/g
  const missing = pages.flatMap((page) =>
    [...text(page).matchAll(lists)].flatMap(([, folder = '', names = '']) =>
      [...names.matchAll(/`([\w.-]+\.\w+)`/g)]
        .map(([, name = '']) => join(folder, name))
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${page}: ${path}`),
    ),
  )
  expect(missing).toEqual([])
})

test('the page of a wing has a row for each of its folders, and for no other', () => {
  const wings = readdirSync(join(root, 'server'), { withFileTypes: true }).filter((one) => one.isDirectory())
  expect(wings.length).toBeGreaterThan(8)
  for (const { name: wing } of wings) {
    const rows = text(`server/${wing}/README.md`).matchAll(/^\| ([^|]+) \|/gm)
    const named = [...rows].flatMap(([, first = '']) =>
      [...first.matchAll(/`([\w-]+)\/`/g)].map(([, folder]) => folder),
    )
    const there = readdirSync(join(root, 'server', wing), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    )
    expect(named.sort(), wing).toEqual(there.map(({ name }) => name).sort())
  }
})

test('every folder that the glossary names is there', () => {
  const named = [...text('docs/glossary.md').matchAll(/`([\w-]+)\/`/g)].map(([, folder = '']) => folder)
  const there = new Set(
    ['server', 'shared', 'web'].flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map(({ name }) => name),
    ),
  )
  expect(named.filter((folder) => !there.has(folder))).toEqual([])
})

test('every link between pages leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...text(page).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
      .map(([, to = '']) => to)
      // Pages of the product: `test/people/handbook/handbook.test.ts` holds that they are there.
      .filter((to) => !(page.includes('/handbook/') && to.startsWith('/')))
      .filter((to) => !existsSync(join(root, dirname(page), to)))
      .map((to) => `${page}: ${to}`),
  )
  expect(broken).toEqual([])
})

test('every setting is in the example and in the table', () => {
  const names = [...text('server/base/config.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name)
  expect(names).toContain('DATABASE_URL')
  expect(names.filter((name) => !text('.env.example').includes(`#${name}=`))).toEqual([])
  expect(names.filter((name) => !text('docs/operations.md').includes(`\`${name}\``))).toEqual([])
})

test('every decision is in the index', () => {
  const index = text('docs/decisions/README.md')
  const records = pages.filter((page) => /^docs\/decisions\/(?!README)/.test(page))
  expect(records.filter((page) => !index.includes(`(${page.slice('docs/decisions/'.length)})`))).toEqual([])
})

test('the README in either language has the same commands, and the same figures in its table', () => {
  const [english, chinese] = [text('README.md'), text('README.zh-CN.md')]
  expect([english.includes('(README.zh-CN.md)'), chinese.includes('(README.md)')]).toEqual([true, true])
  const commands = (page: string) =>
    [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
      block.split('\n').map((line) => line.replace(/\s+#.*$/, '')),
    )
  expect(commands(chinese)).toEqual(commands(english))
  /** What was measured, and what was wanted, row by row. */
  const figures = (page: string) =>
    page
      .split('\n')
      .filter((line) => /^\|.*\|.*\|.*\|.*\|$/.test(line))
      .slice(2)
      .map((line) => {
        const [, , measured = '', wanted = ''] = line.split('|')
        const numbers = (cell: string) => cell.match(/\d+(?:[.,]\d+)*( ?(%|×|KB|MB|ms|s)(?![\w]))?/g) ?? []
        return [numbers(measured), numbers(wanted)]
      })
  expect(figures(english).length).toBeGreaterThan(20)
  expect(figures(chinese)).toEqual(figures(english))
})
