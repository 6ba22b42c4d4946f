import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { spawnBuilt } from '../../../server/base/spawn.ts'
import { descendantsOf } from '../../../server/monitor/rendering/browser/memory.ts'
import type { Setup } from '../../../server/monitor/rendering/browser/order.ts'
import { Drawing } from '../../../server/monitor/rendering/drawing.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { temporaryFolder } from '../../support/product/product.ts'

/*
 * The process that draws as the server sees it, with another in its place: that answers with what the address of a page asks for, and
 * has no browser.
 */

const DRAWER = `
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
const WRITES = \`
const { writeFileSync } = require('node:fs')
for (let n = 0, end = Date.now() + 1500; Date.now() < end; n++) writeFileSync(process.argv[1] + '/' + n, '')
\`
const kept = []
process.on('disconnect', () => process.exit())
process.on('message', ({ draw: { id, url } }) => {
  if (url.includes('hangs')) return
  if (url.includes('leaves')) {
    const profile = join(process.env.TMPDIR, 'profile')
    mkdirSync(profile)
    spawn(process.execPath, ['-e', WRITES, profile], { detached: true, stdio: 'ignore' }).once('spawn', () =>
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 600),
    )
    return
  }
  if (url.includes('takes')) return kept.push(Buffer.alloc(200 << 20, 1))
  const counts = { requests: 0, bytes: 0, refused: 0, isOver: false }
  const own = url.includes('fills') ? 2 ** 40 : 0
  process.send({ id, answer: { failed: 'no_page', counts, status: process.pid }, held: 0, own })
})
process.send({ ready: true, version: '1' })
`
const SETUP: Setup = {
  ...{ chromium: { path: 'none' }, folder: 'none', userAgent: 'Siteward', zone: 'Asia/Shanghai' },
  ...{ allowAddresses: [], hosts: {}, demoHosts: [] },
  limits: { ...RENDERING, maxDrawerPeakMb: 200 },
}
/** More than a page may take with all that its process may. */
const LATE_MS = 60_000
beforeAll(() => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'render.js'), DRAWER)
  spawnBuilt(folder)
})

let drawing: Drawing
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  drawing = new Drawing(SETUP)
})
afterEach(async () => {
  await drawing.close()
  vi.useRealTimers()
})

let last = 0
/** @returns why it was not drawn, and by which process; null: that said nothing. */
async function draw(name: string): Promise<{ failed: string; by: number | null }> {
  const url = `http://a.localhost/${name}`
  const answer = await drawing.draw({ id: ++last, url, demo: true, wantsHtml: true, picture: null })
  if (!('failed' in answer)) throw new Error('a page was drawn without a browser')
  return { failed: answer.failed, by: answer.status ?? null }
}
const running = () => descendantsOf(process.pid)

it('a process that was renewed and hangs is ended alone: the one in its place draws on, and is ended with the rest', async () => {
  await drawing.start()
  const hanging = draw('hangs')
  const { by: first } = await draw('fills')
  const { by: second } = await draw('list')
  expect(second).not.toBe(first)
  expect(running()).toEqual(expect.arrayContaining([first, second]))
  vi.advanceTimersByTime(LATE_MS)
  expect(await hanging).toEqual({ failed: 'broken_off', by: null })
  expect(await draw('list')).toEqual({ failed: 'no_page', by: second })
  expect(running()).not.toContain(first)
  await drawing.close()
  expect(running()).not.toContain(second)
})

it('a process that holds too much in the middle of a page is ended without being asked, and the next page has another', async () => {
  const { by: first } = await draw('list')
  expect(await draw('takes'), 'its page was broken off').toEqual({ failed: 'broken_off', by: null })
  const { by: second } = await draw('list')
  expect(second).not.toBe(first)
  expect(running()).toContain(second)
  expect(running()).not.toContain(first)
})

it('the folder of a process that was killed goes, though what it started writes there for a while', async () => {
  vi.useRealTimers()
  const temporary = temporaryFolder()
  vi.stubEnv('TMPDIR', temporary)
  try {
    expect(await draw('leaves')).toEqual({ failed: 'broken_off', by: null })
    expect(readdirSync(temporary)).toHaveLength(1)
    await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), { timeout: 20_000, interval: 100 })
  } finally {
    vi.unstubAllEnvs()
  }
})
