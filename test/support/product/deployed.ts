import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './product.ts'

const UNITS = 'deploy/systemd'
/** Of V8 and the C library. */
const OF_MEMORY = /^(MALLOC_\w+|NODE_OPTIONS)$/

/** What the unit of systemd sets for memory where one process does everything: a city is measured as it is deployed. */
export function memorySettings(): Record<string, string> {
  const dropIns = join(UNITS, 'siteward@all.service.d')
  const files = [
    join(UNITS, 'siteward@.service'),
    ...readdirSync(join(ROOT, dropIns)).map((name) => join(dropIns, name)),
  ]
  const lines = files.flatMap((file) => [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/^Environment=(\w+)=(\S+)$/gm),
  ])
  return Object.fromEntries(
    lines.flatMap(([, name = '', value = '']) => (OF_MEMORY.test(name) ? [[name, value]] : [])),
  )
}
