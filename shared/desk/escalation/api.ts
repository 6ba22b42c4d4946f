import type { Endpoint } from '../../people/rights/endpoint.ts'
import { policyInput } from './escalation.ts'

/** Who is called when nobody takes an alert on. */
export const escalationEndpoints = {
  escalationPolicy: {
    method: 'GET',
    path: '/api/escalation',
    summary: 'Who is called, and when, about alerts that nobody takes on',
    needs: 'signedIn',
    output: policyInput,
  },
  setEscalationPolicy: {
    method: 'POST',
    path: '/api/escalation',
    summary: 'Set who is called, and when; alerts that are waiting follow it at once',
    needs: 'escalation.manage',
    body: policyInput,
    output: policyInput,
  },
} as const satisfies Record<string, Endpoint>
