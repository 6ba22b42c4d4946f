import type { Generated } from 'kysely'
import type { IncidentKind } from '../../../../shared/desk/alerts/alerts.ts'
import type { Once } from '../../../base/db/database.ts'

/** Sites that fail together for one cause. */
export interface IncidentTable {
  id: Generated<number>
  kind: Once<IncidentKind>
  /** Name of the platform, address, or fingerprint of the certificate. */
  key: Once<string>
  opened_at: Once<Date>
  /** When a site joined or left last. */
  changed_at: Date
  resolved_at: Date | null
}

declare module '../../../base/db/database.ts' {
  interface Database {
    incident: IncidentTable
  }
}
