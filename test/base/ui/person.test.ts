import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const web = fileURLToPath(new URL('../../../web/', import.meta.url))

/** State outside of components that is of the browser or the machine, whoever sits before it. */
const OF_NOBODY = [
  'base/clock.ts',
  'base/i18n.ts',
  'base/preferences.ts',
  'base/build.ts',
  'base/live/paint.ts',
  'base/forget.ts',
  'city/wall/night.ts',
  'desk/notifications/alarm/preferences.ts',
  'desk/notifications/alarm/voice.ts',
  'desk/notifications/alarm/sound.ts',
]

it('whatever is kept outside of pages is forgotten when its person leaves', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const keeping = files.filter((name) => {
    const text = readFileSync(web + name, 'utf8')
    return /^(export )?(const|let) \w+(: [^=\n]+)? = (shallowRef|ref|reactive|shallowReactive|new Map|new Set)\b[^\n]*\((\)|\[\]|''|0|false|null|new )/m.test(
      text,
    )
  })
  expect(keeping).toContain('desk/notifications/unread.ts')
  const kept = keeping.filter(
    (name) => !OF_NOBODY.includes(name) && !readFileSync(web + name, 'utf8').includes('onLeave('),
  )
  expect(kept).toEqual([])
})
