import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const pages = ['.', 'docs', 'server', 'shared', 'web', 'test'].flatMap((folder) =>
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

test('every link between pages leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...text(page).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
      .map(([, to = '']) => to)
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
