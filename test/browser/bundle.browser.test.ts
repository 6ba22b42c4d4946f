import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const web = fileURLToPath(new URL('../../dist/web/', import.meta.url))

/** The scripts of this build, from its page on: those of earlier builds stay beside them for open browsers. */
function scriptsOf(text: string, found = new Map<string, string>()): Map<string, string> {
  for (const [name = ''] of text.matchAll(/[\w-]+\.js\b/g)) {
    const file = `${web}assets/${name}`
    if (found.has(name) || !existsSync(file)) continue
    found.set(name, readFileSync(file, 'utf8'))
    scriptsOf(found.get(name) ?? '', found)
  }
  return found
}

test('the built pages hold no schemas and nothing to parse with: zod stays on the server', () => {
  const scripts = scriptsOf(readFileSync(`${web}index.html`, 'utf8'))
  expect(scripts.size).toBeGreaterThan(20)
  const withZod = [...scripts].filter(([, text]) => /ZodError|_zod\b|invalid_union/.test(text))
  expect(withZod.map(([name]) => name)).toEqual([])
})
