import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { wordsOf } from '../../support/words.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const css = readFileSync(join(root, 'web/base/type/siteward-sc.css'), 'utf8')

/** The code points that the style sheet says are in the file. */
const there = new Set(
  [...css.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].flatMap(([, from = '', to = from]) => {
    const [first, last] = [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }),
)
const missing = (text: string) =>
  [...new Set(text.match(/[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/g) ?? [])]
    .filter((one) => !there.has(one.codePointAt(0) ?? 0))
    .join('')
/** New words may wait for the next making of the file: these few characters come by the slice meanwhile. */
const FEW = 10
const how = 'server/base/type/make-type.mjs says how to make the file anew'

test('a computer without Chinese has the words of the screens in one file of at most 200 kB', () => {
  const lacking = missing(JSON.stringify(wordsOf('zh-CN')))
  expect(lacking.length, `${lacking}: ${how}`).toBeLessThanOrEqual(FEW)
  expect(statSync(join(root, 'web/base/type/siteward-sc.woff2')).size).toBeLessThanOrEqual(200_000)
})

test('and the wording of the rules, and the names of the demo', () => {
  const editions = readdirSync(join(root, 'shared/register/rule-editions')).filter((name) =>
    name.endsWith('.json'),
  )
  const rules = editions.map((name) =>
    readFileSync(join(root, 'shared/register/rule-editions', name), 'utf8'),
  )
  expect(missing(rules.join('')), how).toBe('')
  expect(missing(readFileSync(join(root, 'server/demo/cast/streets.ts'), 'utf8')), how).toBe('')
})
