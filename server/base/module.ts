import type { Router } from 'express'
import type { RawBuilder } from 'kysely'
import type { Context } from './context.ts'
import type { Database } from './db/database.ts'
import type { Jobs } from './jobs.ts'

/** What every process has besides its context. */
export interface Parts {
  readonly jobs: Jobs
  readonly isDemo: boolean
}

/** Rows that are the demo's, and go with it when a register is loaded. */
export interface DemoRows {
  readonly table: keyof Database
  readonly where: RawBuilder<unknown>
}

/** What a process has that measures and works; the wings that bring it say so. */
export interface WorkParts extends Parts {}

/**
 * What a noun brings to the running product. `server/app/modules.ts` lists them: a noun more is a line there.
 */
export interface Module {
  /** Its endpoints, in processes that serve pages. */
  readonly routes?: (ctx: Context, parts: Parts) => Router
  /** Its background work, in processes that measure. @returns how it is ended, where it has to be */
  readonly work?: (
    ctx: Context,
    parts: WorkParts,
  ) => Promise<undefined | { stop(): Promise<void> | void }> | Promise<void>
  /** Something of it in the demo, at each of its starts: people and sites are there, and their past. What is there already is left. */
  readonly demoSeed?: (ctx: Context) => Promise<void>
  /** The same of what is long in the making: begun before the others, and made while the database is at them. @returns what stores it */
  readonly demoMade?: (ctx: Context) => Promise<() => Promise<void>>
  /** What of it is the demo's, each table before what it hangs on. */
  readonly demoRows?: readonly DemoRows[]
}
