import { localHour } from '../../../../shared/base/time.ts'
import type { Context } from '../../../base/context.ts'
import { type Jobs, queue } from '../../../base/jobs.ts'
import { rescheduleLetters } from '../../letters/terms.ts'
import { todayOf } from '../today.ts'
import { remindOfLetters } from './letters.ts'
import { remindOfReviews } from './reviews.ts'
import { remindOfRosters } from './roster.ts'
import { remindOfSubmissions } from './submissions.ts'
import { remindOfZeroReports } from './zero-reports.ts'

const QUEUE = queue('rounds.remind')
/** Zero reports are due at any hour. */
const OFTEN = '*/5 * * * *'
const AFTER_START_S = 60
/** What is due on a day is reminded of when people come to work. */
const MORNING = 8

/** Reminds of what is due, once for all processes. */
export async function startReminders(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work(QUEUE, 1, () => remind(ctx))
  await jobs.every(OFTEN, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
}

/** Tells each step that has come and was not told before, in one transaction with the note that it was: once, whatever happens. */
export async function remind(ctx: Context): Promise<void> {
  const isDay = localHour(ctx.clock.now()) >= MORNING
  await ctx.db.transaction().execute((tx) => remindOfZeroReports(ctx, tx))
  if (!isDay) return
  // What rested on a year that was not announced does so no longer once the program has come to know it.
  await rescheduleLetters(ctx, false)
  const now = await todayOf(ctx, ctx.db)
  for (const of of [remindOfSubmissions, remindOfReviews, remindOfRosters, remindOfLetters]) {
    await ctx.db.transaction().execute((tx) => of(ctx, tx, now))
  }
}
