import { z } from 'zod'

/** Why a request was refused. One table turns a code into a status (`server/base/http/errors.ts`). */
export const ERROR_CODES = [
  'invalid',
  'unauthenticated',
  /** The password is right; the code of the second factor is wanted, too. */
  'second_factor',
  'token_expired',
  'forbidden',
  'not_found',
  'conflict',
  'too_large',
  'too_many_requests',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** RFC 9457 `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(ERROR_CODES),
  /** Why, as a name that stays the same whatever the sentence becomes: `noun.reason`. */
  reason: z.string(),
  /** What the sentence was made with: names, numbers, days. */
  values: z.record(z.string(), z.unknown()).optional(),
  /** A sentence for people, in the language asked for. */
  detail: z.string(),
  /** On a conflict: what the other one has made of it. */
  current: z.unknown().optional(),
  /** And which fields both have changed. */
  conflicting: z.array(z.string()).optional(),
  /** On invalid input: which fields, and why. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>
