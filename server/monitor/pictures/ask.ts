import type { PictureMark, PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import { AS_IS_RULES } from '../../../shared/monitor/pictures/pictures-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import { askRender, canRender } from '../rendering/ask.ts'
import { type Place, placesOf } from './place.ts'

/** A picture that is wanted. */
export interface PictureAsk {
  readonly siteId: number
  readonly url: string
  readonly reason: PictureReason
  readonly rule: string | null
  /** By reason: the id of an alert, of a finding, of a problem, of a rectification. */
  readonly ref: number | null
  /** What is to be outlined. */
  readonly mark: PictureMark | null
  /** Who wants it, where a person does. */
  readonly by?: number
}

/** Has a picture taken, where anything takes pictures; one that waits already is not asked for twice. */
export const askPicture = (tx: Tx, ask: PictureAsk, now: number) => askPictures(tx, [ask], now)

/** The same of several; nothing waits where nothing takes pictures. Costs a select and an insert at most. */
export async function askPictures(tx: Tx, asks: readonly PictureAsk[], now: number): Promise<void> {
  if (asks.length === 0 || !(await canRender(tx, now))) return
  await askRender(
    tx,
    asks.map(({ siteId, url, reason, rule, ref, mark, by }) => ({
      ...{ siteId, url, purpose: 'picture' as const },
      subject: {
        ref: writtenSubject({ reason, rule, ref }),
        ...(mark && { mark: given(mark) }),
        ...(rule !== null && AS_IS_RULES.includes(rule) && { isAsIs: true }),
      },
      ...{ cause: by === undefined ? ('proof' as const) : ('asked' as const), askedBy: by ?? null },
    })),
    now,
  )
}

const given = ({ text, href, selector }: PictureMark) => ({
  ...(text === undefined ? {} : { text }),
  ...(href === undefined ? {} : { href }),
  ...(selector === undefined ? {} : { selector }),
})

/** What a picture is to be taken for, wherever it is to be seen. */
export interface PictureWish extends Pick<PictureAsk, 'siteId' | 'reason' | 'rule' | 'ref'> {
  /** Where it is to be seen, if that is known already. */
  readonly place?: Place | undefined
}

/** Has pictures taken where what each rule says of its site is to be seen. */
export async function askPicturesOf(tx: Tx, wishes: readonly PictureWish[], now: number): Promise<void> {
  if (wishes.length === 0 || !(await canRender(tx, now))) return
  const places = await placesOf(tx, wishes, now)
  const asks = wishes.flatMap(({ place: known, ...wish }, at) => {
    const place = known ?? places[at]
    return place ? [{ ...wish, ...place }] : []
  })
  await askPictures(tx, asks, now)
}

/** What a picture was taken for, as an order carries it. */
type Subject = Pick<PictureAsk, 'reason' | 'rule' | 'ref'>

const writtenSubject = ({ reason, rule, ref }: Subject): string => [reason, rule ?? '', ref ?? ''].join('|')

/** Reads what `askPictures` wrote. */
export function readSubject(written: string): Subject {
  const [reason = '', rule = '', ref = ''] = written.split('|')
  return { reason: reason as PictureReason, rule: rule || null, ref: ref === '' ? null : Number(ref) }
}
