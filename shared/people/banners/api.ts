import { z } from 'zod'
import type { Endpoint } from '../rights/endpoint.ts'
import { banner } from './banners.ts'

export const bannerEndpoints = {
  banners: {
    method: 'GET',
    path: '/api/banners',
    summary: 'What is to be said across every screen now, the most urgent first',
    needs: 'wall',
    output: z.array(banner),
  },
} as const satisfies Record<string, Endpoint>
