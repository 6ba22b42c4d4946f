import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const built = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))

test('the built pages hold no schemas and nothing to parse with: zod stays on the server', () => {
  const scripts = readdirSync(built).filter((name) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(20)
  const withZod = scripts.filter((name) =>
    /ZodError|_zod\b|invalid_union/.test(readFileSync(built + name, 'utf8')),
  )
  expect(withZod).toEqual([])
})
