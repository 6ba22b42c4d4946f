import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../clock.ts'
import { releaseLock, takeLock } from '../db/embedded/lock.ts'
import { embeddedFolder, finishRestore, restoredFolder } from '../db/embedded/restored.ts'
import { aloneAt } from '../db/start-turn.ts'
import type { Asks } from './catalog.ts'
import { emptyDatabase, isEmpty } from './empty.ts'
import { type Loaded, load, refuseNewer } from './load.ts'
import { checkBackup } from './read-file.ts'
import { embeddedSession, postgresSession } from './session.ts'
import { type Place, refuseOthers } from './source.ts'
import { BackupRefusal } from './words.ts'

/** What a restore came to, and where what was there before is now: an embedded database is moved aside. */
export interface Restored extends Loaded {
  readonly before: string | null
}

/**
 * Restores a backup. It is read to its end before anything is touched: one that is cut off is known there only.
 * @param force what is there goes; without it a database that holds anything is refused
 * @throws BackupRefusal; nothing is changed then
 */
export async function restore(place: Place, file: string, force: boolean): Promise<Restored> {
  refuseNewer((await checkBackup(file)).head)
  return place.databaseUrl
    ? restorePostgres(place.databaseUrl, file, force)
    : restoreEmbedded(place.dataDir, file, force)
}

function restorePostgres(url: string, file: string, force: boolean): Promise<Restored> {
  // No process of the product starts meanwhile.
  return aloneAt(url)(async () => {
    const session = await postgresSession(url)
    try {
      await refuseRunning(session)
      if (!force && !(await isEmpty(session))) throw new BackupRefusal('notEmpty')
      const loaded = await load(session, file, () => emptyDatabase(session))
      return { ...loaded, before: null }
    } finally {
      await session.close()
    }
  })
}

async function refuseRunning(session: Asks): Promise<void> {
  const { rows } = await session.query<{ names: number }>(
    `select count(*)::int as names from pg_stat_activity
      where datname = current_database() and application_name in ('siteward', 'siteward listen')`,
  )
  if ((rows[0]?.names ?? 0) > 0) throw new BackupRefusal('running')
}

async function restoreEmbedded(dataDir: string, file: string, force: boolean): Promise<Restored> {
  const [folder, restored] = [embeddedFolder(dataDir), restoredFolder(dataDir)]
  const draft = join(resolve(dataDir), 'pgdata.draft')
  refuseOthers(dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  takeLock(dataDir)
  try {
    finishRestore(dataDir)
    if (existsSync(folder) && !force) throw new BackupRefusal('notEmpty')
    // Of a restore that was cut off.
    rmSync(draft, { recursive: true, force: true })
    const loaded = await fill(draft, file)
    renameSync(draft, restored)
    const before = existsSync(folder) ? `${folder}.before-${systemClock.now()}` : null
    if (before !== null) renameSync(folder, before)
    finishRestore(dataDir)
    return { ...loaded, before }
  } finally {
    rmSync(draft, { recursive: true, force: true })
    releaseLock(dataDir)
  }
}

async function fill(draft: string, file: string): Promise<Loaded> {
  const session = await embeddedSession(draft)
  try {
    return await load(session, file)
  } finally {
    await session.close()
  }
}
