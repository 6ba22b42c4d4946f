import { z } from 'zod'

/** The form of the file that this program writes and reads. */
export const FORMAT = 1

const table = z.object({ name: z.string(), columns: z.array(z.string()) })

/** The first line of a backup: what it is of, and how a database must look to take it. */
export const headSchema = z.object({
  siteward: z.literal('backup'),
  format: z.number().int(),
  /** When it shows the database (ISO), and the program that wrote it. */
  at: z.iso.datetime(),
  program: z.string(),
  /** All migrations that the database has, in their order. */
  migrations: z.array(z.string()).min(1),
  /** Version of the tables of background work; null where no process has made them yet. */
  jobs: z.number().int().nullable(),
  queues: z.array(z.object({ name: z.string(), options: z.record(z.string(), z.unknown()) })),
  /** In the order in which their rows follow; those of partitions are under the table that they are of. */
  tables: z.array(table),
  partitions: z.array(
    z.object({ of: z.string(), name: z.string(), bound: z.string(), options: z.array(z.string()) }),
  ),
  /** The last number that each sequence has given. */
  sequences: z.array(z.object({ name: z.string(), last: z.number().int() })),
})

export type Head = z.infer<typeof headSchema>
export type TableHead = z.infer<typeof table>

/** The last line: only a file that ends with it is whole. */
export const endSchema = z.object({
  end: z.literal(true),
  rows: z.number().int(),
  /** Of everything before this line, unpacked. */
  sha256: z.string(),
})

export type End = z.infer<typeof endSchema>
