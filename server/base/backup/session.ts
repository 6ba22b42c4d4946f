import { finished } from 'node:stream/promises'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { from } from 'pg-copy-streams'
import type { Asks } from './catalog.ts'
import { Room } from './stream/room.ts'

/** Rows on their way into a table. */
export interface Copying {
  write(lines: Buffer): Promise<void>
  /** @returns how many rows came in */
  end(): Promise<number>
}

/** One session of a database that is written to. */
export interface Session extends Asks {
  /** Several statements, without values. */
  exec(text: string): Promise<void>
  /** @param statement `copy … from`, without a source */
  copy(statement: string): Promise<Copying>
  close(): Promise<void>
}

/** A session of a PostgreSQL. */
export async function postgresSession(connectionString: string): Promise<Session> {
  const client = new pg.Client({
    connectionString,
    application_name: 'siteward restore',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  await client.connect()
  return {
    query: <Row>(text: string, values: unknown[] = []) =>
      client.query(text, values) as unknown as Promise<{ rows: Row[] }>,
    async exec(text) {
      await client.query(text)
    },
    async copy(statement) {
      const stream = client.query(from(`${statement} from stdin`))
      const over = finished(stream)
      const room = new Room(stream, over)
      return {
        async write(lines) {
          if (!stream.write(lines)) await room.wait()
        },
        async end() {
          stream.end()
          await over
          return stream.rowCount
        },
      }
    },
    close: () => client.end(),
  }
}

/** Rows are handed to the embedded database in pieces of so many bytes. */
const PIECE = 4 << 20

/** A session of an embedded database in this process, which nobody else may have open: its socket takes no rows. */
export async function embeddedSession(folder: string): Promise<Session> {
  const db = await PGlite.create(folder)
  return {
    async query<Row>(text: string, values: unknown[] = []) {
      if (values.length > 0) return db.query<Row>(text, values)
      // Several statements in one, as migrations have them, are taken without values only.
      const results = await db.exec(text)
      return { rows: (results.at(-1)?.rows ?? []) as Row[] }
    },
    async exec(text) {
      await db.exec(text)
    },
    async copy(statement) {
      let [pieces, bytes, rows]: [Uint8Array<ArrayBuffer>[], number, number] = [[], 0, 0]
      const hand = async () => {
        if (bytes === 0) return
        const { affectedRows = 0 } = await db.query(`${statement} from '/dev/blob'`, [], {
          blob: new Blob(pieces),
        })
        rows += affectedRows
        pieces = []
        bytes = 0
      }
      return {
        async write(lines) {
          // The reader uses its memory again.
          pieces.push(new Uint8Array(lines))
          bytes += lines.length
          if (bytes >= PIECE) await hand()
        },
        async end() {
          await hand()
          return rows
        },
      }
    },
    close: () => db.close(),
  }
}
