/** The pinyin of names, initials and whole. */
export interface NameLettersTable {
  name: string
  letters: string
  /** Of both, as numbers (`piecesOf`). */
  pieces: number[]
}

/** Names that are not spelled yet; the database notes them when they are written. */
export interface NameUnspelledTable {
  name: string
}

declare module '../db/database.ts' {
  interface Database {
    name_letters: NameLettersTable
    name_unspelled: NameUnspelledTable
  }
}
