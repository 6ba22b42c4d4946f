import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { main } from '../../../server/monitor/read/cli.ts'
import { list, page, REF } from './snippets.ts'

let folder: string
let out: string
let err: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siteward-read-'))
  out = ''
  err = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function run(rows: unknown): Promise<number> {
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(rows))
  return main(['--manifest', join(folder, 'manifest.json'), '--root', folder])
}

const lines = () =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('prints one line for each page and ends with 0', async () => {
  writeFileSync(join(folder, 'home.html'), page(list('2021-04-01')))
  writeFileSync(join(folder, 'empty.html'), page(''))
  const rows = ['home.html', 'empty.html'].map((file) => ({
    file,
    kind: 'home',
    ref: REF,
    gold: '2021-04-01',
  }))
  expect(await run(rows)).toBe(0)
  expect(lines()).toEqual([
    {
      file: 'home.html',
      outcome: 'dated',
      newest: '2021-04-01',
      evidence: expect.objectContaining({ why: 'item_date' }),
    },
    { file: 'empty.html', outcome: 'undated', newest: null, evidence: null },
  ])
  expect(err).toBe('')
})

test('a missing page and bad rows are said, and the rest is read', async () => {
  writeFileSync(join(folder, 'home.html'), page(list('2021-04-01')))
  const rows = [
    { file: 'gone.html', kind: 'home', ref: REF },
    { file: 'home.html', kind: 'folder', ref: '2021-02-30' },
    7,
    { file: 'home.html', kind: 'home', ref: REF },
  ]
  expect(await run(rows)).toBe(1)
  expect(lines().map(({ file, outcome }) => [file, outcome])).toEqual([
    ['gone.html', 'unreadable'],
    ['home.html', 'unreadable'],
    [null, 'unreadable'],
    ['home.html', 'dated'],
  ])
  expect(err).toContain('row 1 (gone.html): ENOENT')
  expect(err).toContain('row 2 (home.html):')
  expect(err).toContain('row 3:')
})

test.each([[[]], [['--manifest', 'x.json']], [['--colour']], [['page.html']]])(
  'called wrongly with %j it explains itself',
  async (args) => {
    expect(await main(args)).toBe(2)
    expect(err).toContain('usage: npm run -s read -- --manifest FILE.json --root FOLDER')
    expect(out).toBe('')
  },
)

test('a manifest that is none ends with 2', async () => {
  expect(await run({ file: 'home.html' })).toBe(2)
  expect(err).toContain('is not a JSON array')
  expect(await main(['--manifest', join(folder, 'absent.json'), '--root', folder])).toBe(2)
  expect(err).toContain('cannot read the manifest')
})
