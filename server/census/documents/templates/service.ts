import { sql } from 'kysely'
import type { Language } from '../../../../shared/base/words/language.ts'
import { zoneInForce } from '../../../../shared/base/zone.ts'
import type { DocumentKind } from '../../../../shared/census/documents/documents-rules.ts'
import type { Paper } from '../../../../shared/census/documents/paper.ts'
import type { CheckedTemplate } from '../../../../shared/census/documents/templates/templates.ts'
import type { Principal } from '../../../../shared/people/rights/rights.ts'
import type { Context } from '../../../base/context.ts'
import { Refusal } from '../../../base/refusal.ts'
import { refuseBloated } from '../../../base/sheet/workbook.ts'
import { say } from '../../../base/words/say.ts'
import { recordAudit } from '../../../people/audit/record.ts'
import { cleanName } from '../../../people/files/content.ts'
import { keepContent, refuseBeyondDay } from '../../../people/files/keep.ts'
import { aboutOf } from '../about.ts'
import { paperOf } from '../paper/paper.ts'
import { bytesOfPictures } from '../paper/pictures.ts'
import { dataOf, findDocument, lastOfKind } from '../queries.ts'
import { askWriter } from './ask.ts'
import { bytesOf, templateInUse } from './in-use.ts'
import type { TemplateFault } from './writer.ts'

/** What one may unpack to: pictures and fonts of an office's own head are some MB. */
const MOST_UNPACKED = 50 * 2 ** 20

interface Found {
  readonly tags: string[]
  readonly faults: TemplateFault[]
}

/** Looks through what was uploaded. @throws Refusal invalid, too_large, too_many_requests */
async function lookThrough(bytes: Buffer): Promise<Found> {
  if (!bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04')))
    throw new Refusal('invalid', 'documents.notWord')
  await refuseBloated(bytes, MOST_UNPACKED)
  const told = await askWriter({ template: bytes, fill: null })
  if (!('faults' in told)) throw new Error('a template was filled that was to be looked through')
  return told
}

const problemsIn = ({ faults }: Found, language: Language): CheckedTemplate['problems'] =>
  faults.map(({ tag, fault }) => ({
    tag,
    message: say({ word: `papers.fault.${fault}`, values: { tag } }, language),
  }))

/** The template in use for a kind, with its tags. */
export async function checkedInUse(
  db: Context['db'],
  kind: DocumentKind,
  language: Language,
): Promise<CheckedTemplate> {
  const { hash, ...known } = await templateInUse(db, kind)
  const found = await lookThrough(await bytesOf(db, { kind, hash }))
  return { ...known, tags: found.tags, problems: problemsIn(found, language) }
}

/**
 * Puts a template in use, if nothing is wrong with it; else what is wrong is told, and the one before stays.
 * @throws Refusal invalid, too_large, too_many_requests
 */
export async function uploadTemplate(
  ctx: Context,
  user: Principal,
  { kind, name, bytes, language }: { kind: DocumentKind; name: string; bytes: Buffer; language: Language },
): Promise<CheckedTemplate> {
  const found = await lookThrough(bytes)
  const problems = problemsIn(found, language)
  if (problems.length === 0) {
    const at = new Date(ctx.clock.now())
    await ctx.db.transaction().execute(async (tx) => {
      await refuseBeyondDay(tx, user, at.getTime())
      const hash = await keepContent(tx, bytes)
      // Two who upload at once have two versions.
      await sql`select pg_advisory_xact_lock(hashtext('document template'), hashtext(${kind}))`.execute(tx)
      const { version } = await templateInUse(tx, kind)
      const row = { kind, version: version + 1, name: cleanName(name) || `${kind}.docx`, hash }
      await tx
        .insertInto('document_template')
        .values({ ...row, uploaded_by: user.id, uploaded_at: at })
        .execute()
      const detail = { ...row, size: bytes.length }
      await recordAudit(tx, {
        at,
        actor: user,
        action: 'template.uploaded',
        entity: 'template',
        entityId: null,
        detail,
      })
    })
  }
  const { hash: _, ...known } = await templateInUse(ctx.db, kind)
  return { ...known, tags: found.tags, problems }
}

/** A document in Word's format. @param bytes a template; left out: the one in use */
export async function writeDocument(
  db: Context['db'],
  kind: DocumentKind,
  paper: Paper,
  language: Language,
  bytes?: Buffer,
): Promise<Uint8Array> {
  const template = bytes ?? (await bytesOf(db, await templateInUse(db, kind)))
  const photos = await bytesOfPictures(db, paper)
  const told = await askWriter({ template, fill: { paper, language, zone: zoneInForce(), photos } })
  if (!('bytes' in told)) throw new Error('a template was looked through that was to be filled')
  return told.bytes
}

/** Fills what was uploaded with the last document of its kind. @throws Refusal invalid, too_large; conflict where there is none */
export async function previewTemplate(
  ctx: Context,
  user: Principal,
  { kind, bytes, language }: { kind: DocumentKind; bytes: Buffer; language: Language },
): Promise<Uint8Array> {
  const found = await lookThrough(bytes)
  const [first] = problemsIn(found, language)
  if (first) throw new Refusal('invalid', 'documents.templateFaulty', { values: { fault: first.message } })
  const id = await lastOfKind(ctx.db, user, kind)
  const row = id === undefined ? undefined : await findDocument(ctx.db, user, id)
  const data = row && (await dataOf(ctx.db, row.id))
  if (!row || !data) throw new Refusal('conflict', 'documents.noneToPreview')
  return writeDocument(ctx.db, kind, paperOf(data, aboutOf(ctx, row), language), language, bytes)
}
