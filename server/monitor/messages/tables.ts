import type { MessageReading } from '../../../shared/monitor/messages/messages-rules.ts'
import type { Json } from '../../base/db/database.ts'

/** A message column of a site, as its home page showed it last, and what was read of its letters. */
export interface MessageColumnTable {
  site_id: number
  name: string
  url: string
  seen_at: Date
  /** When its letters were read last, and when that was tried last, in vain or not. */
  read_at: Date | null
  tried_at: Date | null
  next_visit_at: Date
  reading: Json<MessageReading> | null
}

declare module '../../base/db/database.ts' {
  interface Database {
    message_column: MessageColumnTable
    /** As versions before keep them, which know them by their addresses; nothing reads it here. */
    site_messages: Pick<MessageColumnTable, 'site_id'>
  }
}
