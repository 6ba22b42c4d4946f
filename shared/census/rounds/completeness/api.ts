import type { Endpoint } from '../../../people/rights/endpoint.ts'
import { completeness } from './completeness.ts'

export const completenessEndpoints = {
  completeness: {
    method: 'GET',
    path: '/api/completeness',
    summary:
      'How far the rounds under way have come by district, who has not handed in, and whose zero report is missing, within the own scope',
    needs: 'wall',
    cost: 5,
    output: completeness,
  },
} as const satisfies Record<string, Endpoint>
