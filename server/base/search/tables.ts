/** The pinyin of names, initials and whole, as far as they were looked for. */
export interface NameLettersTable {
  name: string
  letters: string
}

declare module '../db/database.ts' {
  interface Database {
    name_letters: NameLettersTable
  }
}
