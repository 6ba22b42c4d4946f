import { z } from 'zod'
import type { Endpoint } from '../../people/rights/endpoint.ts'
import { OPEN_FILES } from './open-data-rules.ts'

/** What the city publishes of its sites each night. */
export const openDataEndpoints = {
  openDataPage: {
    method: 'GET',
    path: '/public/data',
    summary: 'The page of what is published by night: days, files and what their fields mean',
    needs: 'open',
    query: z.object({ lang: z.string().max(10).optional() }),
    output: z.string(),
    media: 'text/html',
  },
  openDataFile: {
    method: 'GET',
    path: '/public/data/:day/:file',
    summary: 'A file of a day, or of `latest`; what was published once stays as it is',
    needs: 'open',
    params: z.object({ day: z.union([z.literal('latest'), z.iso.date()]), file: z.enum(OPEN_FILES) }),
    output: z.string(),
    media: 'text/csv',
    cost: 2,
  },
} as const satisfies Record<string, Endpoint>
