import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './product.ts'

/**
 * A folder with the build as it is, but of another id: all its scripts have other addresses, as after any change of the
 * code. Those of the first stay beside them, as they do after an update.
 */
export function anotherBuild(): { readonly root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'siteward-build-'))
  cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const web = join(root, 'dist/web')
  const another = join(web, 'assets/another')
  cpSync(join(ROOT, 'dist/web/assets'), another, { recursive: true })
  for (const file of readdirSync(another)) readdress(another, file)
  for (const file of ['index.html', 'index.html.br', 'index.html.gz']) readdress(web, file)
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** Scripts name others by their paths or from where they are; compressed files say what it was before. */
function readdress(folder: string, file: string): void {
  const path = join(folder, file)
  if (/\.(br|gz)$/.test(file)) rmSync(path, { force: true })
  if (!/\.(js|css|html)$/.test(file)) return
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll('assets/', 'assets/another/'))
}
