import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { sql } from 'kysely'
import { type Board, emptyBoard } from '../../../shared/city/board.ts'
import type { Db } from '../../base/db/database.ts'
import { lastSeq, storedAfter } from '../../base/facts/log.ts'
import { inSlices } from '../../base/slices.ts'
import { complete, type Folded, fold, fromFolded, readBack, written } from './fold.ts'
import { seqAt } from './queries.ts'

/**
 * Facts folded at most for one answer, once the job has been; of many sites a part of as many as those: each checkpoint is of all of
 * them, and takes a monitor what folding so many facts takes.
 */
const EVERY = 1_000
const OF_SITES = 1 / 4
/** Facts read in one go: in the milliseconds in which they come to be objects, nobody else has a turn. */
const PAGE = 500
/** Checkpoints made in one go, so that other work comes in between. */
const AT_ONCE = 50

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** What the facts up to number `seq` come to: from the last checkpoint before it, or from the first fact. */
export async function foldTo(db: Db, seq: number): Promise<Board> {
  const kept = await db
    .selectFrom('board_checkpoint')
    .select('bytes')
    .where('seq', '<=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const board = kept ? await inSlices(fromFolded(await unpack(kept.bytes))) : emptyBoard()
  await foldOn(db, board, seq)
  await inSlices(complete(board))
  return board
}

/** Folds the facts after those that `board` has, up to number `seq`. */
async function foldOn(db: Db, board: Board, seq: number): Promise<void> {
  while (board.seq < seq) {
    const page = await storedAfter(db, board.seq, Math.min(PAGE, seq - board.seq))
    const facts = page.filter((fact) => fact.seq <= seq)
    if (facts.length === 0) return
    fold(board, facts)
  }
}

/** The number before that of the first fact there is: the demo's go with it, and the numbers of those to come go on. */
async function beforeFirst(db: Db): Promise<number> {
  const [first] = await storedAfter(db, 0, 1)
  return first ? first.seq - 1 : lastSeq(db)
}

/** From one checkpoint to the next, where there are so many sites. */
export const factsBetween = (sites: number): number => Math.max(EVERY, Math.ceil(sites * OF_SITES))

/**
 * Keeps checkpoints up to the newest facts. Several processes may do it at once; they come to the same.
 * @returns whether there are more to be made.
 */
export async function keepCheckpoints(db: Db): Promise<boolean> {
  const newest = await db
    .selectFrom('board_checkpoint')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  const end = await lastSeq(db)
  const step = factsBetween(await sitesOf(db))
  let board: Board | null = null
  let at = newest?.seq ?? (await beforeFirst(db))
  for (let made = 0; made < AT_ONCE; made++) {
    const next: number = at + step
    if (next > end) return false
    board ??= await foldTo(db, at)
    await foldOn(db, board, next)
    await store(db, next, board)
    at = next
  }
  return true
}

/**
 * Of checkpoints of before an instant leaves one in as many facts as there are sites: what is long past is asked for seldom. The first of
 * each stretch stays, so that it comes to the same however often it is done; and the newest, from which the next ones are made.
 */
export async function thinCheckpoints(db: Db, before: Date): Promise<void> {
  const end = await seqAt(db, before)
  if (end === null) return
  const stretch = Math.max(EVERY, await sitesOf(db))
  await sql`
    delete from board_checkpoint later
    where seq <= ${end} and seq < (select max(seq) from board_checkpoint) and exists (
      select from board_checkpoint first where first.seq < later.seq and first.seq >= later.seq - later.seq % ${stretch}::int)
  `.execute(db)
}

async function sitesOf(db: Db): Promise<number> {
  const { sites } = await db
    .selectFrom('site')
    .select((eb) => eb.fn.countAll<number>().as('sites'))
    .executeTakeFirstOrThrow()
  return Number(sites)
}

async function store(db: Db, seq: number, board: Board): Promise<void> {
  const bytes = await compress(await inSlices(written(board)), QUALITY)
  await db
    .insertInto('board_checkpoint')
    .columns(['seq', 'bytes'])
    // Not when the log was emptied meanwhile, with the demo.
    .expression((eb) =>
      eb
        .selectFrom('fact')
        .select(['seq', eb.val(bytes).as('bytes')])
        .where('seq', '=', seq),
    )
    .onConflict((on) => on.doNothing())
    .execute()
}

async function unpack(bytes: Buffer): Promise<Folded> {
  return inSlices(readBack((await decompress(bytes)).toString()))
}
