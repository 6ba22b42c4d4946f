import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { changedDivision, divisionCode, foundDivision, listedDivision, newDivision } from './divisions.ts'

const code = z.object({ code: divisionCode })

/** The tree of divisions: reading it, and an administrator's corrections. */
export const divisionEndpoints = {
  divisions: {
    method: 'GET',
    path: '/api/divisions',
    summary:
      'Divisions right under one, with the sites in them; without it, those at the top of the own scope',
    needs: 'signedIn',
    cost: 3,
    query: z.object({ under: divisionCode.optional() }),
    output: z.array(listedDivision),
  },
  division: {
    method: 'GET',
    path: '/api/divisions/:code',
    summary: 'One division with those above it, the nation first',
    needs: 'signedIn',
    cost: 2,
    params: code,
    output: z.object({ division: listedDivision, above: z.array(listedDivision) }),
  },
  findDivisions: {
    method: 'GET',
    path: '/api/division-names',
    summary: 'Divisions by code, name or English name, with what they lie in, at most 50',
    needs: 'signedIn',
    cost: 3,
    query: z.object({ q: sentText.min(1).max(50) }),
    output: z.array(foundDivision),
  },
  addDivision: {
    method: 'POST',
    path: '/api/divisions',
    summary: 'Add a division: a new area, a development zone, a department, or one that is no more',
    needs: 'division.manage',
    body: newDivision,
    output: listedDivision,
  },
  changeDivision: {
    method: 'POST',
    path: '/api/divisions/:code',
    summary: 'Correct a division, or say which one took its place',
    needs: 'division.manage',
    params: code,
    body: changedDivision,
    output: listedDivision,
  },
} as const
