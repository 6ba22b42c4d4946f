import { register } from 'tsx/esm/api'

/*
 * `npm run test:faults`: takes the product's processes, database, line and clock away while it works, and then balances its books.
 * `-- --only kills,away` runs some parts, `--times 5` fewer kills, `--minutes 1` a shorter outage. The build must be there.
 */
register()
await import('./all.ts')
