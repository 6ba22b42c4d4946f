import type { Tx } from '../../../base/db/database.ts'
import { keepContent } from '../../../people/files/keep.ts'

interface Of {
  readonly id: number
  readonly site: string
  readonly reason: string
  readonly day: string
  readonly filed_by: number
  readonly filed_at: Date
}

/** A written explanation that goes with filings of the demo, as a text file. */
export async function addDocuments(tx: Tx, filings: readonly Of[]): Promise<void> {
  const rows = []
  for (const { id, site, reason, day, filed_by, filed_at } of filings) {
    const bytes = Buffer.from(
      `关于“${site}”状态变更的情况说明\r\n\r\n因${reason}，拟自 ${day} 起办理，请予审核。\r\n\r\n（演示材料）\r\n`,
    )
    const hash = await keepContent(tx, bytes)
    rows.push({
      ...{ filing_id: id, name: '情况说明.txt', type: 'text/plain', size: bytes.length, hash },
      ...{ uploaded_by: filed_by, uploaded_at: filed_at, hidden_by: null, hidden_at: null },
    })
  }
  if (rows.length > 0) await tx.insertInto('filing_file').values(rows).execute()
}
