import { type RawBuilder, sql } from 'kysely'
import type { AlertRule } from '../../../../shared/desk/alerts/alerts.ts'

/*
 * Of most rules there is one live alert for a site, or one that belongs to no site: the table's unique index says so, and
 * stays as it is (docs/decisions/rolling-upgrades.md). Of rules about things of which there are many, the column holds the
 * rule and the thing's key, as `OUTBOUND:www.example.com`; to everybody else such an alert has the rule and, in its
 * evidence, the key.
 */

/** Rules with an alert for each thing. */
export type KeyedAlertRule = Extract<AlertRule, 'OUTBOUND'>
/** As the column holds it. */
export type KeyedRule = `${KeyedAlertRule}:${string}`

export const keyedRule = (rule: KeyedAlertRule, key: string): KeyedRule => `${rule}:${key}`

/** The rule of what the column holds. */
export const ruleOf = (held: string): AlertRule => held.split(':', 1)[0] as AlertRule

/** The same in SQL. @param column as `alert.rule`. */
export const ruleIn = (column: string): RawBuilder<AlertRule> =>
  sql<AlertRule>`split_part(${sql.ref(column)}, ':', 1)`
