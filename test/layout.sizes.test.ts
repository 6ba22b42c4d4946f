import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const MOST_LINES = 300
const MOST_FILES = 15

/** Folders that hold more files on one level, each with its reason. */
const REASONED: readonly (readonly [folder: string, reason: string])[] = [
  ['server/base/db/migrations', 'numbered, in their order; the list beside them says it'],
  ['shared/locales/en', 'a file for each noun, named like it'],
  ['shared/locales/zh-CN', 'a file for each noun, named like it'],
  ['shared/locales/en/refusals', 'a file for each noun, named like it'],
  ['shared/locales/zh-CN/refusals', 'a file for each noun, named like it'],
  ['docs/decisions', 'a record for each decision; README.md lists them'],
]

const files = ['docs', 'server', 'shared', 'web', 'test'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
)

test('no folder holds more files than one looks over at once, but where there is a reason', () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  const full = [...counts].filter(([, count]) => count > MOST_FILES).map(([folder]) => folder)
  expect(full.sort()).toEqual(REASONED.map(([folder]) => folder).sort())
})

test('no file of code is longer than one reads at a sitting', () => {
  const long = files
    .filter((file) => /\.(ts|mjs|vue|css)$/.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ file, lines }) => `${file}: ${lines}`)
  expect(files.length).toBeGreaterThan(1500)
  expect(long).toEqual([])
})
