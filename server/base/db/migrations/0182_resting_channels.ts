import { type Kysely, sql } from 'kysely'

/** An endpoint that is not there rests as a whole: how often in a row it was not, and until when. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      alter table notification_channel
        add column failures int not null default 0,
        add column rest_until timestamptz
    `)
    .execute(db)
}

/** What is due, and what is asked for and not done yet, is looked for channel by channel. */
export const indexes = [
  {
    name: 'notification_delivery_next',
    on: "notification_delivery (channel_id, next_at, id) where state in ('held', 'waiting', 'retrying')",
  },
  {
    name: 'notification_delivery_asked',
    on: "notification_delivery (channel_id, queued_at) where queued_at is not null and state in ('held', 'waiting', 'retrying')",
  },
]
