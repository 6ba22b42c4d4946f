import type { UnitItem } from '../../../shared/register/units/units.ts'
import { call } from '../../base/call.ts'

/** So many are offered; who wants another types more of it. */
const OFFERED = 20

/** Finds units by name, code of a site or pinyin. */
export async function findUnits(q: string, district?: string): Promise<readonly UnitItem[]> {
  return (await call('units', { query: { q, district, limit: OFFERED } })).items
}
