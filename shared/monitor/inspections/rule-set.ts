import { z } from 'zod'
import { inEach } from '../../register/rule-editions/editions.ts'
import { RULE_MANNERS, RULE_SUBJECTS } from './inspections-rules.ts'

/* The rules of the machine as data. A rule's decision is code (`server/monitor/inspections/<family>/`), all else is here. */

/** As `page-title`. */
const id = z.string().regex(/^[a-z][a-z0-9-]{2,39}$/)
const limit = z.union([z.number(), z.string(), z.boolean(), z.array(z.string()).max(5_000)])

const inspectionRule = z.strictObject({
  id,
  version: z.int().min(1),
  of: z.enum(RULE_SUBJECTS),
  manner: z.enum(RULE_MANNERS),
  severity: z.enum(['major', 'minor']),
  name: inEach,
  what: inEach,
  why: inEach,
  todo: inEach,
  source: inEach,
  said: z.record(z.string().regex(/^(\*|[a-zA-Z][\w]{0,39})$/), inEach).default({}),
  saidBy: z.string().default('kind'),
  quoted: z.boolean().default(true),
  limits: z.record(z.string(), limit),
  errorLimit: z.number().min(0).max(1),
  picture: z.boolean().default(true),
  pictures: z.int().min(1).max(20).default(20),
  alert: z.boolean().default(true),
  census: z.array(z.string().regex(/^[A-Z]\d{1,2}[a-z]?$/)).default([]),
})

/** A file of a family of rules. */
export const inspectionFamily = z.strictObject({
  family: id,
  name: inEach,
  reasons: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/), inEach),
  rules: z.array(inspectionRule).min(1),
})

/** What all inspections have in common. */
export const ruleSet = z.strictObject({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{1,29}$/),
  /** Raised also when pages that are as they were are to be looked at again by all rules. */
  revision: z.int().min(1),
  from: z.iso.date(),
  name: inEach,
  /** Reasons that any rule may give. */
  reasons: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/), inEach),
  crawl: z.strictObject({
    /** The nightly looks begin at this hour of the day (local) and are begun for so many hours. */
    fromHour: z.int().min(0).max(23),
    hours: z.int().min(1).max(24),
    /** Sites looked at side by side, in all processes. */
    atOnce: z.int().min(1).max(100),
    /** Pages of a site that are read in one look by night, at most, and clicks from its home page. */
    pages: z.int().min(1).max(2_000),
    depth: z.int().min(1).max(8),
    /** Files that are fetched of a site in one look. */
    files: z.int().min(0).max(1_000),
    /** The share of a look's pages that is for those with problems, at most: they are seen first. */
    remembered: z.number().min(0.05).max(0.9),
    /** Problems of a site that pictures are asked for after one look, the newest: the others have their turn after the next. */
    pictures: z.int().min(0).max(100),
    /** A pause is doubled at each refusal up to this many times the site's own, and grows back by this share of it. */
    slowest: z.int().min(1).max(64),
    quicken: z.number().min(0.01).max(1),
    /** A look by night ends early after so many addresses in a row without any answer, or so many minutes beside the site's own pauses. */
    silent: z.int().min(3).max(1_000),
    minutes: z.int().min(5).max(600),
    /** Milliseconds for all rules of one page together, and of one file. */
    limitMs: z.int().min(100).max(60_000),
    fileLimitMs: z.int().min(100).max(60_000),
  }),
  /**
   * A problem is forgotten so many days after it was gone; not before error rates are counted without it. Of a site's pages so many are
   * remembered from look to look, those seen last: more than one look reads.
   */
  kept: z.strictObject({ goneDays: z.int().min(30), pages: z.int().min(1) }),
  /**
   * Of what people have said of problems within so many days, and of what was planted within so many nights, once there is enough of
   * it, a rule's error rate is counted.
   */
  errors: z.strictObject({ days: z.int().min(1), nights: z.int().min(1), least: z.int().min(1) }),
  unmeasured: z.strictObject({
    /** Of a site's pages, the share that a rule may not have measured and still be clear of the site. */
    ofPages: z.number().min(0).max(1),
    /** The share of sites and rules not measured at which it is told, and how many there must be at least. */
    tellAt: z.number().min(0).max(1),
    easeAt: z.number().min(0).max(1),
    least: z.int().min(1),
  }),
})
export type RuleSet = z.infer<typeof ruleSet>
