import type { Language } from '../../../shared/base/words/locales.ts'
import en from '../../../shared/locales/en/commands/backup.json'
import zh from '../../../shared/locales/zh-CN/commands/backup.json'
import { CommandRefusal, type Speaker, speaker } from '../commands/words.ts'

type Word = keyof typeof zh

/** What the commands that back up and restore say. */
export type Say = Speaker<Word>

/** Why one of the two is refused, or what went wrong with it. */
export class BackupRefusal extends CommandRefusal<Word> {}

export const backupWords = (language: Language): Say => speaker({ zh, en }, language)
