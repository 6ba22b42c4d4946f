import { z } from 'zod'
import { CHECK_OUTCOMES, CROSS_CHECKS, UNMEASURED_FOR } from './imprints-rules.ts'

const checkName = z.enum(CROSS_CHECKS)

/** One thing that a home page says of itself, held against the register. */
export const crossCheck = z.object({
  check: checkName,
  outcome: z.enum(CHECK_OUTCOMES),
  /** What the register says; null: nothing, or (the contact) what is not for everybody. */
  register: z.string().nullable(),
  /** What the page says; null: it was not found there. */
  page: z.string().nullable(),
  /** Why it was not measured. */
  reason: z.enum(UNMEASURED_FOR).nullable(),
})

/** The cross-checks of a site, of its home page as it was read last. */
export const siteImprint = z.object({
  /** Null: it was never read. */
  readAt: z.iso.datetime().nullable(),
  checks: z.array(crossCheck),
})
export type SiteImprint = z.infer<typeof siteImprint>

/** How many sites of a district say otherwise than the register, and in what. */
export const differencesOfDistrict = z.object({
  district: z.string(),
  sites: z.int(),
  /** Whose home page was read. */
  read: z.int(),
  /** Of those: with nothing that differs. */
  agreeing: z.int(),
  checks: z.record(checkName, z.int()),
})
export type DifferencesOfDistrict = z.infer<typeof differencesOfDistrict>

/** A site that says otherwise than the register, and in what. */
export const differingSite = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district: z.string(),
  unit: z.string(),
  readAt: z.iso.datetime(),
  /** Those that differ. */
  checks: z.array(crossCheck),
})
export type DifferingSite = z.infer<typeof differingSite>

export const differingFilter = z.object({
  district: z.string().max(20).optional(),
  check: checkName.optional(),
})
export type DifferingFilter = z.output<typeof differingFilter>
