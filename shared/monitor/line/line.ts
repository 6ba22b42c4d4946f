import { z } from 'zod'
import { CAUSES } from '../visit/probes.ts'
import { HEADER_TESTS } from './grade-rules.ts'
import { NO_LINE_FOR, SECURE_STATES, SIX_STATES } from './line-rules.ts'

const ms = z.number().nonnegative()
const share = z.object({ asked: z.int(), opened: z.int() }).nullable()

/** The line of a site as it was seen last. */
export const siteLine = z.object({
  /** Null: nobody has looked yet. */
  at: z.iso.datetime().nullable(),
  /** Why there is nothing to say; null: there is. */
  reason: z.enum(NO_LINE_FOR).nullable(),
  line: z
    .object({
      six: z.object({
        state: z.enum(SIX_STATES),
        cause: z.enum(CAUSES).nullable(),
        tookMs: ms.nullable(),
        /** How much of the page is the same as over IPv4, 0 to 1. */
        same: z.number().nullable(),
        /** Pages one click from the home page, and two, that were asked for over IPv6, and that came. */
        second: share,
        third: share,
      }),
      secure: z.object({
        state: z.enum(SECURE_STATES),
        cause: z.enum(CAUSES).nullable(),
        redirection: z.string(),
        /** Seconds; null: browsers are not told to come by HTTPS only. */
        hstsAge: z.number().nullable(),
        certDaysLeft: z.int().nullable(),
        isIncomplete: z.boolean(),
        isWeak: z.boolean(),
      }),
      headers: z.object({
        grade: z.string(),
        score: z.int(),
        /** By which version of the scoring. */
        scoring: z.string(),
        /** What each test came to, and its points. */
        tests: z.array(z.object({ test: z.enum(HEADER_TESTS), result: z.string(), points: z.int() })),
      }),
      /**
       * `load`: of the page itself, by the monitor; `rendered`: until it stood in a browser, where one has opened it. `isSlow`: longer
       * than the rule for it allows.
       */
      load: z.object({ ms, by: z.enum(['load', 'rendered']), isSlow: z.boolean() }),
    })
    .nullable(),
})
export type SiteLine = z.infer<typeof siteLine>
