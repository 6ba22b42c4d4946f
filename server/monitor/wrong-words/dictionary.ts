import type { WordHit } from '../../../shared/monitor/wrong-words/wrong-words.ts'
import type { Db } from '../../base/db/database.ts'
import { inSlices } from '../../base/slices.ts'
import { type Book, buildBook, refusalsPrint, wrongPlaces } from './book.ts'
import { bookRevision, wordsOn } from './queries.ts'
import { refusedForAll } from './refused.ts'
import { bringStarter } from './starter.ts'

const ready = new WeakMap<Db, { readonly key: string; readonly book: Promise<Book> }>()

/** The dictionary as it is now, ready to be looked for; built anew only after it has changed. */
export async function bookOf(db: Db): Promise<Book> {
  await bringStarter(db)
  const refused = await refusedForAll(db)
  const key = `${await bookRevision(db)} ${refusalsPrint(refused)}`.trim()
  const known = ready.get(db)
  if (known?.key === key) return known.book
  const book = wordsOn(db, refused).then((words) => inSlices(buildBook(key, words)))
  ready.set(db, { key, book })
  // One that failed is tried again by whoever comes next.
  book.catch(() => ready.delete(db))
  return book
}

/** What the dictionary finds in a text. */
export async function tryText(db: Db, text: string): Promise<WordHit[]> {
  return wrongPlaces(await bookOf(db), text).map(({ word: { id, kind, wrong, right }, before, after }) => ({
    ...{ id, kind, wrong, right, before, after },
  }))
}
