/** What a search looks through of a letter. */
export interface LetterSearchedTable {
  letter_id: number
  /** Without blanks, in small letters. */
  title: string
  /** Initials, a blank, and the whole pinyin. */
  letters: string
  /** Of both, as numbers (`piecesOf`). */
  pieces: number[]
}

/** Letters that are not spelled yet; the database notes them when they are written. */
export interface LetterUnspelledTable {
  letter_id: number
}

declare module '../../../base/db/database.ts' {
  interface Database {
    letter_searched: LetterSearchedTable
    letter_unspelled: LetterUnspelledTable
  }
}
