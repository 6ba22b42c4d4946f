import type { Logger } from 'pino'
import type { Config } from '../../../base/config.ts'
import { ReaderPool, threadsHere } from './pool.ts'
import { type Reader, slicedReader } from './reader.ts'

/** Who reads the pages of this process: threads of their own, or, where none are wanted, its own in slices. */
export function readerOf({ readerThreads }: Pick<Config, 'readerThreads'>, log: Logger): Reader {
  return readerThreads === 0 ? slicedReader : new ReaderPool({ threads: readerThreads ?? threadsHere(), log })
}
