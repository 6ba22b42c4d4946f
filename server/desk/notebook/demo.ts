import type { NewFact } from '../../../shared/base/facts.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { NOTE_PICTURE_TYPES } from '../../../shared/desk/notebook/notebook-rules.ts'
import type { Context } from '../../base/context.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { demoScreenshot } from '../../people/files/demo-picture.ts'
import { keepContent } from '../../people/files/keep.ts'
import { use } from './pictures.ts'

/** What the duty officer of the demo has written down in this shift. */
export async function seedNotes(ctx: Context): Promise<void> {
  const { db } = ctx
  const duty = await db
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('demo', '=', true)
    .where('username', '=', 'duty')
    .executeTakeFirst()
  const site = await db
    .selectFrom('site')
    .innerJoin('site_state', 'site_state.site_id', 'site.id')
    .select(['site.id', 'site.name', 'site.district'])
    .where('site.demo', '=', true)
    .where('site_state.state', '=', 'dead')
    .orderBy('site.id')
    .executeTakeFirst()
  const written = await db
    .selectFrom('fact')
    .select('seq')
    .where('kind', '=', 'note.written')
    .limit(1)
    .executeTakeFirst()
  if (!duty || !site || written) return
  const now = ctx.clock.now()
  const note = (hours: number, text: string, about: NoteAt, picture?: number): NewFact => ({
    at: new Date(now).toISOString(),
    kind: 'note.written',
    siteId: about.siteId,
    district: about.district,
    actor: duty,
    data: {
      text,
      moment: new Date(now - hours * HOUR - 7 * MINUTE).toISOString(),
      about: { kind: about.siteId === null ? 'city' : 'site', id: about.siteId, name: about.name },
      ...(picture !== undefined && { picture }),
    },
  })
  const whole: NoteAt = { siteId: null, district: null, name: null }
  const onSite: NoteAt = { siteId: site.id, district: site.district, name: site.name }
  await db.transaction().execute(async (tx) => {
    const hash = await keepContent(tx, demoScreenshot())
    const kept = { hash, uploaded_by: duty.id, uploaded_at: new Date(now), fact_seq: null }
    const row = { ...kept, type: NOTE_PICTURE_TYPES[0] }
    const { id } = await tx.insertInto('note_picture').values(row).returning('id').executeTakeFirstOrThrow()
    const facts = await appendFacts(tx, [
      note(5, '夜间云平台抖动，多个网站短时打不开，均已自行恢复，平台方答复明日说明原因', whole),
      note(1, '已与机房通电话，对方称电源模块今晚更换，明早复查', onSite, id),
    ])
    const last = facts.at(-1)
    if (last) await use(tx, id, last.seq)
  })
}

interface NoteAt {
  readonly siteId: number | null
  readonly district: string | null
  readonly name: string | null
}
