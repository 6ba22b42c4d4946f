import { liveBy } from '../../../shared/base/zone.ts'
import {
  DEFAULT_SETTINGS,
  type Settings,
  settings as settingsSchema,
  type VersionedSettings,
} from '../../../shared/people/settings/settings.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { offerLanguages } from '../../base/words/offered.ts'

const KEY = 'settings'
let inForce: Settings = DEFAULT_SETTINGS
let versionInForce = 0

/** What this process goes by. */
export const settingsInForce = (): Settings => inForce

/** As they are kept: what the program has since is not among them. */
interface Kept {
  readonly version: number
  readonly settings: Partial<Settings>
  /** How often another calendar was chosen: days that were reckoned before are reckoned anew. */
  readonly calendarChanges: number
}
const NONE: Kept = { version: 0, settings: {}, calendarChanges: 0 }

export interface StoredSettings extends VersionedSettings {
  readonly calendarChanges: number
}

/** The settings as they are stored; version 0 are those that the program brings. */
export async function storedSettings(db: Db | Tx): Promise<StoredSettings> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  const { version, calendarChanges, settings: kept } = (row?.value as Kept | undefined) ?? NONE
  return { version, calendarChanges, settings: settingsSchema.parse({ ...DEFAULT_SETTINGS, ...kept }) }
}

/** Keeps the next ones in place of those that the caller has locked. */
export async function keepSettings(tx: Tx, before: StoredSettings, next: VersionedSettings): Promise<void> {
  const isOther = before.settings.calendar !== next.settings.calendar
  const calendarChanges = before.calendarChanges + (isOther ? 1 : 0)
  const value = JSON.stringify({ ...next, calendarChanges } satisfies Kept)
  await tx.updateTable('setting').set({ value }).where('key', '=', KEY).execute()
}

/** Has others who change them wait. */
export async function lockSettings(tx: Tx): Promise<StoredSettings> {
  await tx
    .insertInto('setting')
    .values({ key: KEY, value: JSON.stringify(NONE) })
    .onConflict((on) => on.column('key').doNothing())
    .execute()
  await tx.selectFrom('setting').select('key').where('key', '=', KEY).forUpdate().execute()
  return storedSettings(tx)
}

/** Has this process go by what is stored, at its start. */
export async function startSettings(db: Db): Promise<void> {
  goBy(await storedSettings(db))
}

/**
 * The same after a change, and with each look of the watchdog, as another process may have changed it. What a
 * transaction sees that began before the last change is not gone back to.
 */
export async function followSettings(db: Db | Tx): Promise<Settings> {
  const stored = await storedSettings(db)
  if (stored.version > versionInForce) goBy(stored)
  return inForce
}

/** Has this process go by these from now on. */
export function goBy({ version, settings }: VersionedSettings): void {
  liveBy(settings.timeZone)
  offerLanguages(settings.languages, settings.language)
  inForce = settings
  versionInForce = version
}
