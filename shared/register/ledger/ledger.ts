import { z } from 'zod'
import { sentDay } from '../../base/instant.ts'
import { person } from '../../base/person.ts'
import { sentText } from '../../base/sent-text.ts'
import { MAIL, PHONE } from '../../base/ways-rules.ts'
import { LANGUAGES } from '../../base/words/language.ts'
import { ownFilter } from '../sites/sites.ts'
import { LEVELS, SITE_CODE } from '../sites/sites-rules.ts'
import { siteState } from '../sites/states.ts'
import {
  BETWEEN_NAMES,
  CHANGE_WAYS,
  type FieldValue,
  GAPS,
  INTERVAL_S,
  LEDGER_FIELDS,
  type LedgerField,
  MANY_FIELDS,
  MOST_ITEM,
  MOST_NAMES,
  MOST_NUMBER,
  MOST_OF_PERSON,
  MOST_REASON,
  MOST_SITES,
  OWN_KEYS,
  QUESTIONS,
} from './ledger-rules.ts'

/** No line of a register holds signs that steer a printer. */
const CONTROL = /\p{Cc}/u
const text = (most: number) =>
  sentText.max(most).refine((value) => !CONTROL.test(value), { message: 'holds control characters' })
const item = text(MOST_ITEM)
const orNothing = <T extends z.ZodType>(schema: T) => z.union([z.literal('').transform(() => null), schema])

const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((value) => !/^https?:\/\/[^/]*@/i.test(value), { message: 'holds a password' })

/** What a field may hold, when it holds something. */
function schemaOf({ type, choices = [] }: LedgerField): z.ZodType<FieldValue> {
  switch (type) {
    case 'code':
      return z.string().trim().toLowerCase().regex(SITE_CODE)
    case 'parent':
      return z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^(bm\d{4}|bm\d{8}|\d{6}|\d{10})$/)
    case 'url':
      return webAddress
    case 'level':
      return z.enum(LEVELS)
    case 'place':
      return item
    case 'choice':
      return z.enum(choices.map(({ value }) => value) as [string, ...string[]])
    case 'names':
      return z.array(item.min(1).refine((one) => !BETWEEN_NAMES.test(one))).max(MOST_NAMES)
    case 'person':
      return text(MOST_OF_PERSON)
    case 'phone':
      return z.string().trim().max(MOST_OF_PERSON).regex(PHONE)
    case 'mail':
      return z.string().trim().max(MOST_OF_PERSON).regex(MAIL)
    case 'seconds':
      return z.int().min(INTERVAL_S.min).max(INTERVAL_S.max)
    case 'yesno':
      return z.boolean()
    case 'number':
      return z.number().min(-MOST_NUMBER).max(MOST_NUMBER)
    case 'day':
      return sentDay
    case 'text':
      return item
  }
}

/** These can be changed, and not emptied. */
const NEVER_EMPTY = ['code', 'name', 'url', 'level', 'district', 'unit']
export const fieldSchema = (field: LedgerField): z.ZodType<FieldValue> =>
  NEVER_EMPTY.includes(field.key)
    ? schemaOf(field).refine((value) => value !== '', { message: 'must not be empty' })
    : orNothing(schemaOf(field)).nullable()

export const fieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.string()).readonly(),
  z.null(),
])

/** Fields of one's own: what each may hold is known to the installation alone. */
const OWN = Object.fromEntries(OWN_KEYS.map((key) => [key, fieldValue.optional()]))

const shapeOf = (keys: (field: LedgerField) => boolean) => ({
  ...Object.fromEntries(
    LEDGER_FIELDS.filter((field) => !field.derived && keys(field)).map((field) => [
      field.key,
      fieldSchema(field).optional(),
    ]),
  ),
  ...OWN,
})

const name = item.min(1)
const reason = text(MOST_REASON)
const asked = shapeOf(({ key }) => !['code', 'name', 'url', 'unit'].includes(key))

/** A site that comes into the register. Level and division follow from its code where nothing is said of them. */
export const newSite = z.strictObject({
  ...asked,
  code: z.string().trim().toLowerCase().regex(SITE_CODE),
  name,
  url: webAddress,
  unit: name,
  reason: reason.default(''),
})
export type NewSite = z.output<typeof newSite>

/** What is left out stays; null or '' empties a field. */
export const siteEdit = z.strictObject({
  ...shapeOf(() => true),
  version: z.int().min(1),
  reason: reason.min(1),
})
export type SiteEdit = z.output<typeof siteEdit>

/** The same for many sites, whatever was said of them until now. */
export const sitesEdit = z.strictObject({
  ...shapeOf(({ key }) => (MANY_FIELDS as readonly string[]).includes(key)),
  siteIds: z.array(z.int().positive().max(2_147_483_647)).min(1).max(MOST_SITES),
  reason: reason.min(1),
})
export type SitesEdit = z.output<typeof sitesEdit>

/** A site as the register has it; what the reader may not see is null, and named in `hidden`. */
export const siteRecord = z
  .object({
    id: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    /** Fields that the reader may change. */
    mayChange: z.array(z.string()),
    hidden: z.array(z.string()),
  })
  .catchall(fieldValue)
export type SiteRecord = z.infer<typeof siteRecord>

/** One change: what was before and after of the fields that it changed. */
export const siteChange = z.object({
  version: z.int(),
  at: z.iso.datetime(),
  actor: person.nullable(),
  via: z.enum(CHANGE_WAYS),
  /** Changes that were made at once have the same. */
  batch: z.string().nullable(),
  reason: z.string(),
  before: z.record(z.string(), fieldValue),
  after: z.record(z.string(), fieldValue),
})
export type SiteChange = z.infer<typeof siteChange>

/** What is taken along of the register: what a list of sites is filtered by. */
export const registerFilter = z.object({
  district: z.string().max(20).optional(),
  /** `wrong`: those that somebody has to do something about. */
  state: z.union([siteState, z.literal('wrong')]).optional(),
  q: z.string().trim().max(100).optional(),
  ...ownFilter,
  /** Of its heading and its words; else what the request asks for. */
  language: z.enum(LANGUAGES).optional(),
})
export type RegisterFilter = z.output<typeof registerFilter>

const gaps = z.object({ none: z.int(), several: z.int() })
/** How many sites of a district have no answer to a question, or more than one. */
export const answersOfDistrict = z.object({
  district: z.string(),
  sites: z.int(),
  /** Sites with one answer to each. */
  settled: z.int(),
  questions: z.record(z.enum(QUESTIONS), gaps),
})
export type AnswersOfDistrict = z.infer<typeof answersOfDistrict>

/** The same of a day, over all questions: a site may have nobody to one and several to another. */
export const answersOfDay = z.object({
  day: z.string(),
  sites: z.int(),
  settled: z.int(),
  unanswered: z.int(),
  contested: z.int(),
})
export type AnswersOfDay = z.infer<typeof answersOfDay>

/** Who answers for sites: a unit of the register, or a firm by its name alone. */
export const answerer = z.object({ name: z.string(), unitId: z.int().nullable() })
export type Answerer = z.infer<typeof answerer>

/** A site with a question that is not settled. */
export const unsettledSite = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  district: z.string(),
  unit: z.string(),
  answers: z.record(z.enum(QUESTIONS), z.array(z.string()).readonly()),
})
export type UnsettledSite = z.infer<typeof unsettledSite>
export const unsettledFilter = z.object({
  district: z.string().max(20).optional(),
  question: z.enum(QUESTIONS).optional(),
  gap: z.enum(GAPS).optional(),
})
export type UnsettledFilter = z.output<typeof unsettledFilter>
