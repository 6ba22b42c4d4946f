import { z } from 'zod'
import { sentInstant } from '../../base/instant.ts'
import { type Endpoint, id } from '../../people/rights/endpoint.ts'
import {
  dutyDesk,
  handover,
  handoverInput,
  handoverSummary,
  rotationInput,
  shift,
  shiftInput,
  swapInput,
} from './duty.ts'

/** Who is on duty, and handing over. */
export const dutyEndpoints = {
  dutyDesks: {
    method: 'GET',
    path: '/api/duty',
    summary: "Who is on duty now at each desk, the city's first, and who comes next",
    needs: 'person',
    output: z.array(dutyDesk),
  },
  dutyShifts: {
    method: 'GET',
    path: '/api/duty/shifts',
    summary: 'Turns of duty that reach into a stretch of time',
    needs: 'person',
    query: z.object({ from: sentInstant, to: sentInstant }),
    output: z.array(shift),
  },
  addShift: {
    method: 'POST',
    path: '/api/duty/shifts',
    summary: 'Put a person on duty for one turn',
    needs: 'duty.manage',
    body: shiftInput,
    output: shift,
  },
  addRotation: {
    method: 'POST',
    path: '/api/duty/rotations',
    summary: 'Put people on duty in turns',
    needs: 'duty.manage',
    body: rotationInput,
    output: z.array(shift),
  },
  swapShift: {
    method: 'POST',
    path: '/api/duty/shifts/:id/swap',
    summary: 'Let somebody else take a turn over',
    needs: 'duty.manage',
    params: id,
    body: swapInput,
    output: shift,
  },
  removeShift: {
    method: 'POST',
    path: '/api/duty/shifts/:id/remove',
    summary: 'Take a turn off the roster',
    needs: 'duty.manage',
    params: id,
    body: z.object({ version: z.int().positive() }),
  },
  handovers: {
    method: 'GET',
    path: '/api/duty/handovers',
    summary: 'Notes of handing over at the desks of your scope, newest first',
    needs: 'person',
    output: z.array(handover),
  },
  handOver: {
    method: 'POST',
    path: '/api/duty/handovers',
    summary: 'Hand a desk over: what is going on is kept, with a note to whoever comes next',
    needs: 'duty.manage',
    body: handoverInput,
    output: handover,
  },
  handoverDraft: {
    method: 'GET',
    path: '/api/duty/handovers/draft',
    summary: 'What handing over a desk now would keep; without a district, one’s own first desk',
    needs: 'duty.manage',
    query: z.object({ district: z.string().max(30).optional() }),
    output: handoverSummary,
  },
  signHandover: {
    method: 'POST',
    path: '/api/duty/handovers/:id/sign',
    summary: 'Take a desk over; not by who handed it over',
    needs: 'duty.manage',
    params: id,
    output: handover,
  },
} as const satisfies Record<string, Endpoint>
