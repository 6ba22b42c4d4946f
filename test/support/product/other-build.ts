import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './product.ts'

/**
 * A folder with the build as it is, but of another id: all its scripts have other addresses, as after any change of the
 * code. Those of the first stay beside them, as they do after an update.
 * @param isFresh without them, as a version that is built in a folder of its own.
 */
export function anotherBuild(isFresh = false): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'siteward-build-'))
  cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const web = join(root, 'dist/web')
  const first = join(ROOT, 'dist/web/assets')
  const another = join(web, 'assets/another')
  if (isFresh) rmSync(join(web, 'assets'), { recursive: true })
  cpSync(first, another, { recursive: true })
  for (const file of readdirSync(another)) readdress(another, file)
  for (const file of readdirSync(web)) if (file.includes('.html')) readdress(web, file)
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/**
 * A folder with the built server as the next version has it: with one more migration.
 * @param up SQL, as one statement of `sql.raw`
 */
export function nextVersion(name: string, up: string): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'siteward-next-'))
  const server = join(root, 'dist/server')
  cpSync(join(ROOT, 'dist/server'), server, { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const files = readdirSync(server).filter((file) => file.endsWith('.js'))
  const file = files.find((one) =>
    /^(const|let|var) migrations = /m.test(readFileSync(join(server, one), 'utf8')),
  )
  if (!file) throw new Error('the build has no list of migrations')
  const added = `import { sql as added } from 'kysely'
    migrations[${JSON.stringify(name)}] = { up: (db) => added.raw(${JSON.stringify(up)}).execute(db) }`
  appendFileSync(join(server, file), `\n${added}\n`)
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Scripts name others by their paths or from where they are; compressed files say what it was before. */
function readdress(folder: string, file: string): void {
  const path = join(folder, file)
  if (/\.(br|gz)$/.test(file)) rmSync(path, { force: true })
  if (!/\.(js|css|html)$/.test(file)) return
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('assets/', 'assets/another/'))
}
