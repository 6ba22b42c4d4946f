import type { Context } from '../../base/context.ts'
import { numberOf } from './issue/number.ts'
import type { About } from './paper/paper.ts'
import type { DocumentRow } from './queries.ts'

/** What stands beside the data of a document on paper. */
export const aboutOf = ({ config }: Pick<Context, 'config'>, row: DocumentRow): About => ({
  ...{ title: row.title, number: numberOf(row), requirements: row.requirements, dueOn: row.due_on },
  ...{ issuedAt: row.issued_at, issuer: row.issuer, reviewer: row.reviewer, drafter: row.drafter },
  isSuperseded: row.state === 'superseded',
  ...{ hash: row.data_hash ?? '', address: `${config.publicOrigin ?? ''}${addressOf(row)}` },
})

const addressOf = ({ id, slug, is_public }: DocumentRow): string =>
  slug !== null && is_public ? `/public/documents/${slug}` : `/documents/${id}`
