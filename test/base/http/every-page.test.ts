import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { safeParse, type z } from 'zod'
import { api } from '../../../shared/api.ts'
import type { Endpoint } from '../../../shared/people/rights/endpoint.ts'
import { PAGE } from '../../../web/base/exports/everyPage.ts'

const WEB = fileURLToPath(new URL('../../../web', import.meta.url))

/** Lists that are fetched to their end, with the rows that are asked for at once. */
const fetched = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:ts|vue)$/.test(file))
  .flatMap((file) => [
    ...readFileSync(join(WEB, file), 'utf8').matchAll(/everyPage\(\(paging\) =>\s*call\('(\w+)',([^\n]*)/g),
  ])
  .map(([, name = '', query = '']) => [name, Number(/limit: (\d+)/.exec(query)?.[1] ?? PAGE)] as const)

it('whoever takes a whole list along asks for no more rows at once than the server gives', () => {
  expect(fetched.length).toBeGreaterThan(10)
  const endpoints: Readonly<Record<string, Endpoint>> = api
  const isGiven = (name: string, limit: number) => {
    const asked = (endpoints[name]?.query as z.ZodObject | undefined)?.shape.limit
    return asked !== undefined && safeParse(asked, limit).success
  }
  const refused = fetched.filter(([name, limit]) => !isGiven(name, limit))
  expect(refused).toEqual([])
})
