import type { RouteLocationRaw } from 'vue-router'
import type { AuditEntry } from '../../../shared/people/audit/audit.ts'

/** Entities with a page of their own; its route has their name. */
const PAGES: readonly string[] = ['site', 'alert', 'rectification']

/** The page of what an entry is about; null without one. */
export function pageOf({ entity, entityId }: AuditEntry): RouteLocationRaw | null {
  return PAGES.includes(entity) && entityId ? { name: entity, params: { id: entityId } } : null
}
