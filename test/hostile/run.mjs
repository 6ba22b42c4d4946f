import { register } from 'tsx/esm/api'

/*
 * `npm run test:hostile`: attacks the product with what random hostile pages, servers and clients can send.
 * `-- --only pages` runs one part, `--count 5000` a shorter one, `--seed 7` another one. `--only kills --database embedded`
 * kills it on one of the databases. A short form of each part is among the tests.
 */
register()
await import('./all.ts')
