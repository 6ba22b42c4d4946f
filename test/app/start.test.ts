import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ROOT } from '../support/product/product.ts'

/* What begins every program: two that are called at once must not build into each other. */

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'siteward-start-'))
  for (const folder of ['server', 'shared', 'web']) mkdirSync(join(root, folder))
  for (const file of ['server/start.mjs', 'package.json']) cpSync(join(ROOT, file), join(root, file))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, 'server/main.ts'), 'export const one = 1')
  writeFileSync(join(root, 'server/prepare.ts'), PREPARE)
  writeFileSync(join(root, 'shared/one.ts'), 'export const one = 1')
  writeFileSync(join(root, 'web/index.html'), '<script type="module" src="/main.ts"></script>')
  writeFileSync(join(root, 'web/main.ts'), 'document.title = "1"')
  writeFileSync(join(root, 'vite.config.ts'), CONFIG)
})
afterEach(() => rmSync(root, { recursive: true }))

/** As the real one: the folder of the server is emptied first. It takes its time, so that two surely meet. */
const CONFIG = `
  const slow = { name: 'slow', buildStart: () => new Promise((resolve) => setTimeout(resolve, 500)) }
  const server = { ssr: true, outDir: 'dist/server', emptyOutDir: true, rollupOptions: { input: { main: 'server/main.ts', prepare: 'server/prepare.ts' } } }
  export default ({ mode }) => mode === 'server'
    ? { publicDir: false, plugins: [slow], build: server }
    : { root: 'web', build: { outDir: '../dist/web', emptyOutDir: true } }
`
/** What the end of a build does is told by a file. */
const PREPARE = `
  import { writeFileSync } from 'node:fs'
  import { fileURLToPath } from 'node:url'
  export async function main() { writeFileSync(fileURLToPath(new URL('./prepared', import.meta.url)), 'yes'); return 0 }
`
const run = promisify(execFile)
const build = () => run(process.execPath, [join(root, 'server/start.mjs'), '--build-only'])

it('of two that build at once the second waits, and finds everything built', async () => {
  const said = (await Promise.all([build(), build()])).map(({ stderr }) => stderr)
  expect(said.filter((text) => text.includes('Building the server'))).toHaveLength(1)
  expect(said.filter((text) => text.includes('Building the pages'))).toHaveLength(1)
  expect(said.filter((text) => text.includes('Waiting for another build'))).toHaveLength(1)
  expect(existsSync(join(root, 'dist/server/main.js')) && existsSync(join(root, 'dist/web/index.html'))).toBe(
    true,
  )
  expect((await build()).stderr, 'nothing is left to be done').toBe('')
})

it('a build prepares the embedded database, and what it cannot prepare keeps nobody from starting', async () => {
  await build()
  expect(readFileSync(join(root, 'dist/server/prepared'), 'utf8')).toBe('yes')
  // As after one that was broken off.
  rmSync(join(root, 'dist/server/prepared'))
  await build()
  expect(readFileSync(join(root, 'dist/server/prepared'), 'utf8')).toBe('yes')
  writeFileSync(join(root, 'server/prepare.ts'), 'export const main = async () => 1')
  writeFileSync(join(root, 'server/main.ts'), "process.stdout.write('begun')")
  expect((await run(process.execPath, [join(root, 'server/start.mjs')])).stdout).toBe('begun')
})

it('the product begins in a process that has built nothing', async () => {
  writeFileSync(
    join(root, 'server/main.ts'),
    "process.stdout.write(String(process.report.getReport().sharedObjects.some((file) => file.includes('rolldown'))))",
  )
  const { stdout, stderr } = await run(process.execPath, [join(root, 'server/start.mjs')])
  expect(stderr).toContain('Building the server')
  expect(stdout, 'the bundler is not loaded').toBe('false')
})

it('a build that was killed keeps nobody waiting', async () => {
  mkdirSync(join(root, 'dist'))
  // The number of a process that is no more.
  const { pid } = await new Promise<{ pid: number }>((resolve) => {
    const child = execFile(process.execPath, ['-e', ''], () => resolve({ pid: child.pid ?? 0 }))
  })
  writeFileSync(join(root, 'dist/.building'), String(pid))
  expect((await build()).stderr).toContain('Building the pages')
  expect(existsSync(join(root, 'dist/.building'))).toBe(false)
})
