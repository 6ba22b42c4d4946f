import { expect, it } from 'vitest'
import type { ZodObject } from 'zod'
import { api } from '../../../shared/api.ts'
import type { Endpoint } from '../../../shared/people/rights/endpoint.ts'

const TOO_LARGE = '9007199254740991'
/** Positions in the log of facts, whose column is as wide as JavaScript's numbers. */
const WIDE = new Set(['after', 'cursor'])

it('no number in an address is larger than a column can hold', () => {
  const taken = Object.entries<Endpoint>(api).flatMap(([name, { params, query }]) =>
    [params, query].flatMap((schema) => {
      const fields = Object.entries((schema as ZodObject | undefined)?.shape ?? {})
      return fields
        .filter(([key, field]) => !WIDE.has(key) && typeof field.safeParse(TOO_LARGE).data === 'number')
        .map(([key]) => `${name}: ${key}`)
    }),
  )
  expect(taken).toEqual([])
})
